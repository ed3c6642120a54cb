package io.farebox.probe.corpus;

import java.util.List;

/** Targets that are not simply a path, and versions that are not simply HTTP/1.1. */
final class FormShapes {
    /** A name that belongs to nobody. */
    static final String STRANGER = "farebox-probe.example";

    private FormShapes() {}

    static void add(Trials trials) {
        Aim aim = trials.aim;
        for (String authority : List.of(aim.authority(), STRANGER, "localhost", "127.0.0.1", "")) {
            for (String scheme : List.of("http://", "https://", "HTTP://", "ws://", "//")) {
                trials.target(Shape.TARGET_FORMS, scheme + authority + aim.path());
            }
        }
        for (String entrance : aim.entrances()) {
            trials.target(Shape.TARGET_FORMS, "http://" + aim.authority() + entrance + "/.." + aim.path());
            trials.target(Shape.TARGET_FORMS, entrance.substring(1) + "/.." + aim.path());
        }
        String bare = aim.path().substring(1);
        for (String front : List.of(
                "", "*", "*/", ".", "./", "../", "?", "#", "@", ":", "~/", "%2f", "\\", "%5c", "http:/", "http:",
                "file://", "file:", "jar:", "urn:")) {
            trials.target(Shape.TARGET_FORMS, front + bare);
            trials.target(Shape.TARGET_FORMS, front + aim.path());
        }
        trials.target(Shape.TARGET_FORMS, "http://user@" + aim.authority() + aim.path());
        trials.target(Shape.TARGET_FORMS, "http://" + aim.authority() + "@" + STRANGER + aim.path());
        trials.target(Shape.TARGET_FORMS, "http://" + STRANGER + "#@" + aim.authority() + aim.path());
        trials.target(Shape.TARGET_FORMS, aim.authority() + aim.path());
        trials.target(Shape.TARGET_FORMS, aim.authority());
        trials.target(Shape.TARGET_FORMS, "*");
        versions(trials);
    }

    private static void versions(Trials trials) {
        for (String version : List.of("HTTP/1.0", "HTTP/1.1")) trials.version(version, false);
        for (String version : List.of(
                "HTTP/1.0",
                "HTTP/0.9",
                "HTTP/1.2",
                "HTTP/1.10",
                "HTTP/2.0",
                "HTTP/2",
                "HTTP/3.0",
                "http/1.1",
                "HTTP/1.1 x",
                "HTTPS/1.1",
                "ICY/1.1",
                "HTTP/01.1")) {
            trials.version(version, true);
        }
    }
}
