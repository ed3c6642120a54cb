package io.farebox.app.command.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a document, YAML or JSON, into plain maps, lists and values. */
final class SpecFile {
    /** The largest documents that are published have about ten million. */
    static final int LARGEST = 32 << 20;

    private SpecFile() {}

    /** @throws SpecException if there is no document, or it is too large, or neither JSON nor YAML */
    static SpecNode read(Path file) {
        String name = PlainText.line(String.valueOf(file.getFileName()), 100);
        String text = text(file, name);
        boolean json = text.stripLeading().startsWith("{");
        try {
            return new SpecNode(json ? SpecJson.read(name, text) : SpecYaml.read(name, text));
        } catch (StackOverflowError e) {
            throw new SpecException(name + " is nested too deep to be read.");
        }
    }

    private static String text(Path file, String name) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) throw new SpecException(name + " is larger than 32 MiB, which is not read.");
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new SpecException(name + " is not UTF-8 text. Save it as UTF-8.");
        } catch (IOException e) {
            throw new SpecException(
                    name + " cannot be read. It has to be a file on this machine; check its path and who may read it.");
        }
    }
}
