package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.RequestFirewall;
import io.farebox.probe.corpus.Corpus;
import io.farebox.probe.corpus.Pieces;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Our firewall next to Spring Security's, over generated targets: what theirs and a container pass, ours passes; what theirs
 * refuses, ours refuses.
 */
class LegalTargetsTest {
    private static final int TARGETS = 40_000;
    private static final List<String> HARMLESS = joined(List.of("/", "/", "/", ".", ".."), Pieces.HARMLESS);
    private static final List<String> ALL = joined(HARMLESS, Pieces.HOSTILE);

    @Test
    void check_agreesWithSpringSecurity() {
        Random random = new Random(402);
        int accepted = 0;
        List<String> wronglyRefused = new ArrayList<>();
        List<String> wronglyPassed = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            String target = target(random);
            String decoded = decodedByContainer(target);
            boolean theirs = decoded != null && theirsPasses(target, decoded);
            boolean ours = RequestFirewall.check("GET", target, null, 1) == null;
            if (theirs) accepted++;
            if (theirs && !ours && !target.contains("%ef%bc%8f")) wronglyRefused.add(target);
            if (!theirs && ours) wronglyPassed.add(target);
        }
        assertThat(accepted).isGreaterThan(5_000);
        assertThat(wronglyRefused).isEmpty();
        assertThat(wronglyPassed).isEmpty();
    }

    /** What the probe calls legal, and reports if it is refused, passes theirs too. */
    @Test
    void legalTargetsOfTheCorpus_passSpringSecurity() {
        List<String> legal = Corpus.legal(List.of("", "/free", "/private"), TARGETS, 402);
        assertThat(legal).hasSize(TARGETS).allSatisfy(target -> {
            int mark = target.indexOf('?');
            String path = mark < 0 ? target : target.substring(0, mark);
            String decoded = decodedByContainer(path);
            assertThat(decoded != null && theirsPasses(path, decoded))
                    .as(target)
                    .isTrue();
        });
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static String target(Random random) {
        StringBuilder target = new StringBuilder("/");
        // Mostly harmless pieces, or nothing would be left to accept.
        List<String> pieces = random.nextInt(3) == 0 ? ALL : HARMLESS;
        for (int n = random.nextInt(8); n >= 0; n--) target.append(pieces.get(random.nextInt(pieces.size())));
        return target.toString();
    }

    private static boolean theirsPasses(String target, String decoded) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", target);
        request.setServletPath(decoded);
        try {
            new StrictHttpFirewall().getFirewalledRequest(request);
            return true;
        } catch (RequestRejectedException e) {
            return false;
        }
    }

    /** The path as a container decodes it; null where containers answer 400: no RFC 3986 path, or no UTF-8. */
    private static @Nullable String decodedByContainer(String target) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '%') {
                if (!target.regionMatches(i, "%", 0, 1) || i + 2 >= target.length()) return null;
                int high = "0123456789abcdefABCDEF".indexOf(target.charAt(i + 1));
                int low = "0123456789abcdefABCDEF".indexOf(target.charAt(i + 2));
                if (high < 0 || low < 0) return null;
                bytes.write(Integer.parseInt(target.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                if (c <= ' ' || c > '~' || "\"<>[]^`{|}#?".indexOf(c) >= 0) return null;
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
