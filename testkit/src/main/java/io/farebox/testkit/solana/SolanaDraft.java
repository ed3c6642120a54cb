package io.farebox.testkit.solana;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.farebox.x402.Base58;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A transaction that is being written. The first signer pays the fee. Used by one thread. */
public final class SolanaDraft {
    public static final String TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    public static final String TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
    public static final String MEMO = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr";
    private static final int KEY = 32;
    private static final int SIGNATURE = 64;

    /** An instruction. */
    public record Call(String program, byte[] data, List<String> accounts) {}

    private final List<SolanaWallet> signers = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, List<Call>> inner = new LinkedHashMap<>();
    private final Set<String> lookedUp = new LinkedHashSet<>();
    private boolean versioned = true;
    private byte[] blockhash;

    public SolanaDraft(SolanaWallet feePayer) {
        signers.add(feePayer);
        blockhash = Base58.decode(SolanaWallet.create().address(), KEY).orElseThrow();
    }

    /** In the form before version 0. */
    public SolanaDraft legacy() {
        versioned = false;
        return this;
    }

    /** Which block gives it its life. */
    public SolanaDraft blockhash(String base58) {
        blockhash = Base58.decode(base58, KEY).orElseThrow();
        return this;
    }

    public SolanaDraft signedBy(SolanaWallet signer) {
        if (signers.stream().noneMatch(each -> each.address().equals(signer.address()))) signers.add(signer);
        return this;
    }

    /** Names these accounts by a look-up table instead of by themselves. */
    public SolanaDraft lookUp(String... accounts) {
        lookedUp.addAll(List.of(accounts));
        return this;
    }

    public SolanaDraft call(String program, byte[] data, String... accounts) {
        calls.add(new Call(program, data, List.of(accounts)));
        return this;
    }

    /** Something that the last instruction's program calls in turn. */
    public SolanaDraft inner(Call call) {
        inner.computeIfAbsent(calls.size() - 1, position -> new ArrayList<>()).add(call);
        return this;
    }

    public SolanaDraft memo(String text) {
        return call(MEMO, text.getBytes(UTF_8));
    }

    /** Moves tokens; the authority signs. */
    public SolanaDraft transfer(
            String program, String source, String mint, String destination, SolanaWallet authority, long amount) {
        calls.add(transferChecked(program, source, mint, destination, authority.address(), amount));
        return signedBy(authority);
    }

    public static Call transferChecked(
            String program, String source, String mint, String destination, String authority, long amount) {
        byte[] data = number(10).put((byte) 12).putLong(amount).put((byte) 6).array();
        return new Call(program, data, List.of(source, mint, destination, authority));
    }

    /** The older kind, which does not name the mint. */
    public static Call plainTransfer(String source, String destination, String authority, long amount) {
        byte[] data = number(9).put((byte) 3).putLong(amount).array();
        return new Call(TOKEN, data, List.of(source, destination, authority));
    }

    /** The kind that names the fee that the token keeps. */
    public static Call transferWithFee(
            String source, String mint, String destination, String authority, long amount, long fee) {
        byte[] data = number(19)
                .put((byte) 26)
                .put((byte) 1)
                .putLong(amount)
                .put((byte) 6)
                .putLong(fee)
                .array();
        return new Call(TOKEN_2022, data, List.of(source, mint, destination, authority));
    }

    private static ByteBuffer number(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    public SolanaDraft call(Call call) {
        calls.add(call);
        return this;
    }

    /** All memos in the form in which nodes list them. */
    String memos() {
        return calls.stream()
                .filter(each -> each.program().equals(MEMO))
                .map(each -> "[" + each.data().length + "] " + new String(each.data(), UTF_8))
                .collect(Collectors.joining("; "));
    }

    List<Call> calls() {
        return calls;
    }

    Map<Integer, List<Call>> inner() {
        return inner;
    }

    List<String> lookedUp() {
        return List.copyOf(lookedUp);
    }

    boolean isVersioned() {
        return versioned;
    }

    /** All accounts in their order: the signers, the other ones, the programs, and then those from tables. */
    List<String> accounts() {
        List<String> all = named();
        all.addAll(lookedUp);
        return all;
    }

    private List<String> named() {
        Set<String> named = new LinkedHashSet<>();
        signers.forEach(signer -> named.add(signer.address()));
        List<Call> every = new ArrayList<>(calls);
        inner.values().forEach(every::addAll);
        every.forEach(each -> named.addAll(each.accounts()));
        named.removeAll(lookedUp);
        every.forEach(each -> named.add(each.program()));
        return new ArrayList<>(named);
    }

    /** What is signed. */
    public byte[] message() {
        List<String> named = named();
        List<String> all = accounts();
        var out = new ByteArrayOutputStream();
        if (versioned) out.write(0x80);
        out.write(signers.size());
        out.write(0);
        out.write(0);
        length(out, named.size());
        for (String each : named) out.writeBytes(Base58.decode(each, KEY).orElseThrow());
        out.writeBytes(blockhash);
        length(out, calls.size());
        for (Call call : calls) {
            out.write(all.indexOf(call.program()));
            length(out, call.accounts().size());
            for (String account : call.accounts()) out.write(all.indexOf(account));
            length(out, call.data().length);
            out.writeBytes(call.data());
        }
        if (versioned) tables(out);
        return out.toByteArray();
    }

    private void tables(ByteArrayOutputStream out) {
        out.write(lookedUp.isEmpty() ? 0 : 1);
        if (lookedUp.isEmpty()) return;
        out.writeBytes(new byte[KEY]);
        length(out, lookedUp.size());
        for (int i = 0; i < lookedUp.size(); i++) out.write(i);
        out.write(0);
    }

    private static void length(ByteArrayOutputStream out, int length) {
        if (length >= 0x80) out.write(length & 0x7f | 0x80);
        out.write(length >= 0x80 ? length >> 7 : length);
    }

    /** With every signature, as it goes to the cluster. */
    public String base64() {
        return base64(true);
    }

    /** As a payer sends it to be settled: whoever pays the fee has not signed yet. */
    public String withoutFeePayer() {
        return base64(false);
    }

    private String base64(boolean feePayerSigned) {
        byte[] message = message();
        var out = new ByteArrayOutputStream();
        length(out, signers.size());
        for (SolanaWallet signer : signers) {
            boolean signed = feePayerSigned || signer != signers.getFirst();
            out.writeBytes(signed ? signer.sign(message) : new byte[SIGNATURE]);
        }
        out.writeBytes(message);
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    /** The name of the transaction. */
    public String signature() {
        return Base58.encode(signers.getFirst().sign(message()));
    }
}
