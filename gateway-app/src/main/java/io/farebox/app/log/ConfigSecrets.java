package io.farebox.app.log;

import io.farebox.pricing.FacilitatorConfig;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.NetworkSettings;
import io.farebox.pricing.OwnChainConfig;
import io.farebox.pricing.Secret;
import io.farebox.pricing.ServeConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The secrets of a price list, as they might come up in a message. */
final class ConfigSecrets {
    private ConfigSecrets() {}

    static List<String> of(FareboxConfig config) {
        List<String> secrets = new ArrayList<>();
        if (config.secret() != null) secrets.add(config.secret().reveal());
        if (config.admin().viewer() != null) secrets.add(config.admin().viewer().reveal());
        if (config.admin().operator() != null)
            secrets.add(config.admin().operator().reveal());
        for (FacilitatorConfig one : config.facilitators()) {
            add(one.auth(), secrets);
            OwnChainConfig chain = one.chain();
            ServeConfig serve = chain == null ? null : chain.serve();
            if (serve != null && serve.credential() != null)
                secrets.add(serve.credential().reveal());
        }
        for (NetworkSettings network : config.networks().values()) {
            for (Secret rpc : network.rpc()) addUrl(rpc.reveal(), secrets);
        }
        return secrets;
    }

    private static void add(FacilitatorConfig.Auth auth, List<String> secrets) {
        switch (auth) {
            case FacilitatorConfig.Auth.None none -> {
                // Nothing to hide.
            }
            case FacilitatorConfig.Auth.Bearer(Secret value) -> secrets.add(value.reveal());
            case FacilitatorConfig.Auth.Cdp(Secret id, Secret key) -> {
                secrets.add(id.reveal());
                secrets.add(key.reveal());
            }
        }
    }

    /** Messages show URLs whole, or only what stands behind the host. */
    private static void addUrl(String url, List<String> secrets) {
        secrets.add(url);
        URI parsed = URI.create(url);
        String path = parsed.getRawPath() == null ? "" : parsed.getRawPath();
        secrets.add(parsed.getRawQuery() == null ? path : path + '?' + parsed.getRawQuery());
        secrets.addAll(List.of(path.split("/")));
    }
}
