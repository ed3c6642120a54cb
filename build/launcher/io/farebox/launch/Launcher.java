package io.farebox.launch;

import java.lang.reflect.InvocationTargetException;

/**
 * Begins every jar of ours that can be run. Compiled for Java 8, so that a Java which is too old for all the rest can still say
 * so; then hands over to Spring Boot's launcher, as if that one had been started.
 */
public final class Launcher {
    private static final int OLDEST = 21;
    private static final String BOOT = "org.springframework.boot.loader.launch.JarLauncher";

    private Launcher() {}

    /** Runs what is in the jar, or ends with code 1 after one sentence. */
    public static void main(String[] arguments) throws Throwable {
        if (feature(System.getProperty("java.specification.version")) < OLDEST) {
            System.err.println(
                    "Farebox needs Java " + OLDEST + " or newer; this is " + System.getProperty("java.version")
                            + " (" + System.getProperty("java.home")
                            + "). Name a newer one: /path/to/bin/java -jar …, or install"
                            + " one.");
            System.exit(1);
        }
        try {
            Class.forName(BOOT).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** 8 for {@code 1.8}, 17 for {@code 17}; what we cannot read is no reason to refuse. */
    private static int feature(String version) {
        try {
            return Integer.parseInt(version.startsWith("1.") ? version.substring(2) : version);
        } catch (RuntimeException e) {
            return OLDEST;
        }
    }
}
