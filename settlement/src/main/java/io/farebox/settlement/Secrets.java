package io.farebox.settlement;

import io.farebox.gate.GateSettings;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that signs assertions: the configured one, or one that is made once and kept beside an embedded book. */
final class Secrets {
    private static final int BYTES = 32;
    private static final String H2_FILE = "jdbc:h2:file:";

    private static final System.Logger LOG = System.getLogger(Secrets.class.getName());

    private Secrets() {}

    static GateSettings.Secret of(FareboxConfig config) {
        Secret configured = config.secret();
        if (configured != null) return bytes(configured.reveal());
        String url = config.bookUrl().reveal();
        if (!url.startsWith(H2_FILE)) return bytes(ofThisProcess());
        int options = url.indexOf(';');
        String path = url.substring(H2_FILE.length(), options < 0 ? url.length() : options);
        return bytes(kept(Path.of(path + ".secret")));
    }

    private static String ofThisProcess() {
        LOG.log(
                System.Logger.Level.WARNING,
                "`secret` is not set, so each replica signs with its own, and takes no offer of another one that it has not"
                        + " heard of; give all replicas the same");
        return fresh();
    }

    private static String kept(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) Files.createDirectories(folder);
            String made = fresh();
            try {
                Files.createFile(file, ownerOnly(file));
                Files.writeString(file, made, StandardOpenOption.WRITE);
                return made;
            } catch (FileAlreadyExistsException e) {
                String kept = Files.readString(file).strip();
                if (!kept.isEmpty()) return kept;
                // Whoever made it was stopped in between; nothing was signed with it.
                Files.writeString(file, made, StandardOpenOption.WRITE);
                return made;
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the secret beside the book cannot be kept; set `secret` in the configuration, or mend the folder's"
                            + " permissions: " + file,
                    e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private static String fresh() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    private static GateSettings.Secret bytes(String text) {
        return new GateSettings.Secret(text.getBytes(StandardCharsets.UTF_8));
    }
}
