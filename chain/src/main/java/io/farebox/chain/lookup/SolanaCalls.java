package io.farebox.chain.lookup;

import io.farebox.x402.Base58;
import io.farebox.x402.SolanaParts.Instruction;
import io.farebox.x402.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instructions of a transaction in the order in which they ran: its own, and behind each what programs called in turn. */
final class SolanaCalls {
    /** Lengths of the data that matter here: the kinds of transfer, and our memo. Data of another length is not read. */
    private static final List<Integer> READ = List.of(9, 10, 19, SolanaMemo.LENGTH);

    private static final int ROOM = 1 << 16;

    /** @param position among all of them; the same from every node */
    record Call(long position, String program, int[] accounts, byte[] data) {}

    private final SolanaLanded landed;

    SolanaCalls(SolanaLanded landed) {
        this.landed = landed;
    }

    List<Call> all() throws RpcFailure {
        List<Call> calls = new ArrayList<>();
        List<Instruction> own = landed.parts().instructions();
        for (int i = 0; i < own.size(); i++) {
            calls.add(call((long) i * ROOM, own.get(i)));
            long position = (long) i * ROOM;
            for (JsonObject each : landed.inner().getOrDefault(i, List.of())) calls.add(call(++position, each));
        }
        return calls;
    }

    private Call call(long position, Instruction instruction) {
        int[] accounts = new int[instruction.accounts().length];
        for (int i = 0; i < accounts.length; i++) accounts[i] = instruction.accounts()[i] & 0xff;
        return new Call(position, landed.accounts().get(instruction.program()), accounts, instruction.data());
    }

    private Call call(long position, JsonObject inner) throws RpcFailure {
        int known = landed.accounts().size();
        List<?> told = SolanaText.list(inner.members().get("accounts"));
        int[] accounts = new int[told.size()];
        for (int i = 0; i < accounts.length; i++) accounts[i] = SolanaText.index(told.get(i), known);
        String program = landed.accounts().get(SolanaText.index(inner.members().get("programIdIndex"), known));
        return new Call(position, program, accounts, data(inner.members().get("data")));
    }

    private static byte[] data(@Nullable Object told) throws RpcFailure {
        if (!(told instanceof String text)) throw new RpcFailure("bad_answer");
        for (int length : READ) {
            Optional<byte[]> data = Base58.decode(text, length);
            if (data.isPresent()) return data.get();
        }
        return new byte[0];
    }
}
