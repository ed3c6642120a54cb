package io.farebox.pricing;

import io.farebox.pricing.FacilitatorConfig.Auth;
import io.farebox.pricing.FacilitatorConfig.Type;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code facilitators}. */
final class FacilitatorSections {
    private final Problems problems;
    private final UrlCheck urls;

    FacilitatorSections(Problems problems) {
        this.problems = problems;
        this.urls = new UrlCheck(problems);
    }

    List<FacilitatorConfig> read(Section root) {
        List<FacilitatorConfig> facilitators = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Section section : root.sections("facilitators")) {
            Tree.Leaf id = section.leaf("id");
            if (id == null || !Ids.check(id, ids, problems)) continue;
            FacilitatorConfig facilitator = facilitator(id.text(), section);
            if (facilitator == null) continue;
            boolean second =
                    facilitator.chain() != null && facilitators.stream().anyMatch(each -> each.chain() != null);
            if (second) {
                String fix = "Keep one; it settles on every network that names rpc URLs.";
                problems.wrong(ProblemCode.OWN_FACILITATOR, section.at("chain"), "is the second of its kind", fix);
            }
            facilitators.add(facilitator);
        }
        return facilitators;
    }

    private @Nullable FacilitatorConfig facilitator(String id, Section section) {
        if (section.has("chain")) return own(id, section);
        Type type = section.choice("type", Type.REMOTE);
        URI url = url(type, section);
        Auth auth = auth(section);
        if (auth == null || url == null && type == Type.REMOTE) return null;
        return made(id, type, url, section, auth, null);
    }

    private @Nullable FacilitatorConfig own(String id, Section section) {
        OwnChainConfig chain = new OwnChainSection(problems).read(section);
        return chain == null ? null : made(id, Type.OWN, null, section, new Auth.None(), chain);
    }

    private static FacilitatorConfig made(
            String id, Type type, @Nullable URI url, Section section, Auth auth, @Nullable OwnChainConfig chain) {
        return new FacilitatorConfig(
                id,
                type,
                url,
                section.flag("enabled", true),
                auth,
                chain,
                section.text("verify", "remote").equals("local"),
                section.span("connect-timeout", FacilitatorConfig.DEFAULT_CONNECT_TIMEOUT),
                section.span("verify-timeout", FacilitatorConfig.DEFAULT_VERIFY_TIMEOUT),
                section.span("settle-timeout", FacilitatorConfig.DEFAULT_SETTLE_TIMEOUT));
    }

    private @Nullable URI url(Type type, Section section) {
        Tree.Leaf leaf = section.leaf("url");
        if (type == Type.DEV) {
            if (leaf == null) return null;
            String fix = "Remove the url, or the type.";
            problems.wrong(ProblemCode.DEV_FACILITATOR, leaf, "is a url, and the dev facilitator has none", fix);
            return null;
        }
        if (leaf != null) {
            URI url = urls.service(leaf);
            return url == null ? null : withoutSlash(url);
        }
        if (section.has("url")) return null;
        String fix = "Write for example url: https://facilitator.example.com";
        problems.wrong(ProblemCode.MISSING_KEY, section.at("url"), "is missing", fix);
        return null;
    }

    static URI withoutSlash(URI url) {
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    private @Nullable Auth auth(Section section) {
        Section auth = section.section("auth");
        return switch (auth.text("type", "none")) {
            case "bearer" -> bearer(auth);
            case "cdp" -> cdp(auth);
            default -> none(auth);
        };
    }

    private @Nullable Auth none(Section auth) {
        for (String key : List.of("value", "key-id", "key-secret")) {
            if (auth.has(key))
                return incomplete(auth, key, "has no effect without a type", "Write type: bearer or cdp.");
        }
        return new Auth.None();
    }

    private @Nullable Auth bearer(Section auth) {
        Secret value = auth.secret("value");
        return value == null
                ? incomplete(auth, "value", "is missing", "Bearer needs a value.")
                : new Auth.Bearer(value);
    }

    private @Nullable Auth cdp(Section auth) {
        Secret keyId = auth.secret("key-id");
        Secret keySecret = auth.secret("key-secret");
        String fix = "The type cdp needs key-id and key-secret.";
        if (keyId == null) return incomplete(auth, "key-id", "is missing", fix);
        if (keySecret == null) return incomplete(auth, "key-secret", "is missing", fix);
        return new Auth.Cdp(keyId, keySecret);
    }

    private @Nullable Auth incomplete(Section auth, String key, String reason, String fix) {
        boolean reported = auth.entries().get(key) instanceof Tree.Broken;
        if (!reported) problems.wrong(ProblemCode.AUTH_INCOMPLETE, auth.at(key), reason, fix);
        return null;
    }
}
