package io.farebox.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * The private key of an account of ours, from a file that others cannot read. Its text form and its errors never show the key.
 * Thread-safe.
 */
public final class AccountKey {
    private static final int SECRET = 32;
    private static final long MOST_BYTES = 200;
    /** A group may read it: that is how orchestrators hand secrets to a process that is not root. */
    private static final Set<PosixFilePermission> FORBIDDEN = PosixFilePermissions.fromString("----w-rwx");

    private final Secp256k1Key key;
    private final String address;

    private AccountKey(Secp256k1Key key) {
        this.key = key;
        this.address = Hex.encode(key.address());
    }

    /**
     * Reads the key: {@code 0x} and 64 hexadecimal digits, with or without a line end.
     *
     * @throws KeyFileException if there is no such file, if others than its owner and group may read it, or if there is no key in
     *     it; the message says what to do, and shows nothing of what is in the file
     */
    public static AccountKey read(Path file) throws KeyFileException {
        try {
            checkMode(file);
            if (Files.size(file) > MOST_BYTES) throw noKey(file);
            return new AccountKey(secret(file, Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            throw new KeyFileException(file, "does not exist", "Write the account's private key into it, mode 0400.");
        } catch (IOException e) {
            throw new KeyFileException(
                    file,
                    "cannot be read (" + e.getClass().getSimpleName() + ")",
                    "Let the user that runs Farebox read it, and nobody else.");
        }
    }

    private static void checkMode(Path file) throws IOException, KeyFileException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        // Where there are no modes, the owner of the machine sees to it.
        if (view == null) return;
        Set<PosixFilePermission> mode = view.readAttributes().permissions();
        if (mode.stream().anyMatch(FORBIDDEN::contains))
            throw new KeyFileException(
                    file,
                    "has mode " + PosixFilePermissions.toString(mode)
                            + ", so others than its owner can read or change it",
                    "Run chmod 400 on it (in Kubernetes: defaultMode: 0400), and if others had access, use a new key.");
    }

    private static Secp256k1Key secret(Path file, byte[] content) throws KeyFileException {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        if (!text.startsWith("0x")) text = "0x" + text;
        if (!Hex.isBytes(text, SECRET)) throw noKey(file);
        byte[] secret = Hex.bytes(text);
        try {
            return new Secp256k1Key(new BigInteger(1, secret));
        } catch (IllegalArgumentException e) {
            throw noKey(file);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    private static KeyFileException noKey(Path file) {
        return new KeyFileException(
                file, "holds no private key", "Write 0x and 64 hexadecimal digits into it, and nothing else.");
    }

    /** {@code 0x} and 40 digits in lower case. */
    public String address() {
        return address;
    }

    /** The address with the checksum of EIP-55 in its letters. */
    public String checksummedAddress() {
        return EvmAddress.checksummed(Hex.bytes(address));
    }

    /** Signs a transaction: the same one always in the same way. */
    public FeeTransaction.Signed sign(FeeTransaction transaction) {
        return transaction.signed(key.sign(transaction.digest()));
    }

    /** The address; never the key. */
    @Override
    public String toString() {
        return "AccountKey[" + address + "]";
    }
}
