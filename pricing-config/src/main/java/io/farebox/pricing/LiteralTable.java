package io.farebox.pricing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The literal segments below a node, found by the hash of a path's octets without cutting the path into pieces. Open
 * addressing, at most half full. Immutable: nothing a stranger sends is stored.
 */
final class LiteralTable {
    private final byte[][] names;
    private final int[] hashes;
    private final PathNode[] nodes;

    LiteralTable(Map<String, PathNode> literals) {
        int capacity = Integer.highestOneBit(Math.max(1, literals.size() * 2 - 1)) * 2;
        names = new byte[capacity][];
        hashes = new int[capacity];
        nodes = new PathNode[capacity];
        literals.forEach((name, node) -> put(Octets.folded(name), node));
    }

    private void put(byte[] name, PathNode node) {
        int hash = Octets.hash(name);
        int slot = hash & names.length - 1;
        while (nodes[slot] != null) slot = slot + 1 & names.length - 1;
        names[slot] = name;
        hashes[slot] = hash;
        nodes[slot] = node;
    }

    @Nullable
    PathNode find(String path, int from, int to) {
        int hash = Octets.hash(path, from, to);
        int slot = hash & names.length - 1;
        while (nodes[slot] != null) {
            if (hashes[slot] == hash && Octets.isFolded(path, from, to, names[slot])) return nodes[slot];
            slot = slot + 1 & names.length - 1;
        }
        return null;
    }
}
