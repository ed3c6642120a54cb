package io.farebox.app.command.openapi;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The paths of servers: what stands before every path of a document. */
final class BasePaths {
    private BasePaths() {}

    /** All of them in order, without a slash at the end; the root, which is empty, if no server is named. */
    static Set<String> of(SpecNode servers) {
        Set<String> paths = new LinkedHashSet<>();
        servers.items().forEach(server -> paths.add(path(server)));
        return paths.isEmpty() ? Set.of("") : paths;
    }

    /** The servers that hold for an operation: its own, else those of its path, else those of the document. */
    static SpecNode servers(List<SpecNode> inner) {
        for (SpecNode node : inner) {
            SpecNode servers = node.get("servers");
            if (!servers.items().isEmpty()) return servers;
        }
        return new SpecNode(List.of());
    }

    static String plain(String path) {
        String cut = path.replaceFirst("[?#].*", "").replaceFirst("/+$", "");
        return cut.isEmpty() || cut.startsWith("/") ? cut : "/" + cut;
    }

    private static String path(SpecNode server) {
        String url = server.get("url").text();
        for (Map.Entry<String, SpecNode> variable :
                server.get("variables").entries().entrySet()) {
            url = url.replace(
                    "{" + variable.getKey() + "}",
                    variable.getValue().get("default").text());
        }
        // A variable in the host may have had nothing put in its place, so this is no URL that a parser of URLs would
        // take.
        return plain(url.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:", "").replaceFirst("^//[^/?#]*", ""));
    }
}
