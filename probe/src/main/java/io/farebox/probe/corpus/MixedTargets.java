package io.farebox.probe.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random targets around a route: its path with a few things done to it, or pieces of it thrown together with hostile ones. */
final class MixedTargets {
    private final Aim aim;
    private final Random random;

    MixedTargets(Aim aim, Random random) {
        this.aim = aim;
        this.random = random;
    }

    String next() {
        String target = random.nextInt(3) > 0 ? changed() : thrownTogether();
        return random.nextInt(40) == 0 ? "http://" + FormShapes.STRANGER + target : target;
    }

    /** The path, perhaps behind an entrance and a way back out, with one to three changes. */
    private String changed() {
        String path = aim.path();
        if (random.nextInt(2) == 0) {
            String entrance = one(aim.entrances());
            int depth = (int) entrance.chars().filter(c -> c == '/').count();
            var front = new StringBuilder(entrance);
            for (int i = 0; i < depth; i++) front.append('/').append(parent());
            path = front + path;
        }
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) path = change(path);
        return path;
    }

    private String parent() {
        return one(List.of("..", "..", "%2e%2e", ".%2e", "%2E.", "..;", "..;x", "%2e%2e;", "x/../..", "./.."));
    }

    private String change(String path) {
        int at = 1 + random.nextInt(path.length());
        String front = path.substring(0, at);
        String back = path.substring(at);
        return switch (random.nextInt(6)) {
            case 0 -> slashes(path);
            case 1 -> encoded(front, back);
            case 2 -> front.toUpperCase(Locale.ROOT).replace("%C3%A9", "%c3%a9") + back;
            case 3 -> path + one(Pieces.HOSTILE);
            case 4 -> front + one(Pieces.HARMLESS) + back;
            default -> front + one(Pieces.HOSTILE) + back;
        };
    }

    private String slashes(String path) {
        int slash = path.indexOf('/', random.nextInt(path.length()));
        if (slash < 0) slash = 0;
        return path.substring(0, slash)
                + one(List.of("//", "/./", "/;x/", "/%2e/", "%2f", "\\", "/x/../"))
                + path.substring(Math.min(slash + 1, path.length()));
    }

    private static String encoded(String front, String back) {
        if (back.isEmpty() || back.charAt(0) > 0x7E || back.charAt(0) <= ' ') return front + back;
        return front + String.format(Locale.ROOT, "%%%02x", (int) back.charAt(0)) + back.substring(1);
    }

    private String thrownTogether() {
        var target = new StringBuilder(random.nextInt(12) == 0 ? "" : "/");
        if (random.nextInt(4) == 0)
            target.append(one(aim.entrances()).substring(1)).append('/');
        List<String> segments = aim.segments();
        for (int pieces = 1 + random.nextInt(6); pieces > 0; pieces--) {
            switch (random.nextInt(5)) {
                case 0, 1 -> target.append(segments.isEmpty() ? "" : one(segments));
                case 2 -> target.append('/');
                case 3 -> target.append(one(Pieces.HARMLESS));
                default -> target.append(one(Pieces.HOSTILE));
            }
        }
        return target.isEmpty() ? "/" : target.toString();
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
