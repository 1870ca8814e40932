package svasim.models.rogue;

import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * One attack, as a program's {@code submit} step asks for it.
 *
 * @param attack what the function does
 * @param op whether it reads or writes what it reaches
 * @param buffer of the attacker: what it has read is put there, and what it writes comes from
 *     there; the first page of it counts
 * @param from first physical address that is searched for a page that begins with the bytes 0, 1, 2
 *     and so on
 * @param size bytes that are searched from there
 * @param requester requester ID that is pretended, or of the victim; absent for the function's own
 * @param count PASIDs that are tried from 1 on, invalidations that are mistreated, or packets sent
 * @source attack, op, buffer, requester: the program says so; by default it reads, as itself
 * @source from, size: chosen: the lowest 64 MiB
 * @source count: chosen: one
 */
public record RogueWork(
        Attack attack,
        Operation op,
        String buffer,
        ByteSize from,
        ByteSize size,
        Integer requester,
        Integer count) {
    private static final int LAST_REQUESTER = 0xFFFF;

    /** What is done to memory that is reached. */
    public enum Operation {
        READ,
        WRITE
    }

    public RogueWork {
        Require.that(attack != null, "attack", attack, "an attack, such as forged-translation");
        Require.that(buffer != null, "buffer", buffer, "a buffer of the process");
        op = op == null ? Operation.READ : op;
        from = from == null ? new ByteSize(0) : from;
        size = size == null ? ByteSize.ofMiB(64) : size;
        count = count == null ? 1 : count;
        Require.positive("count", count);
        if (requester != null) {
            Require.range("requester", requester, 0, LAST_REQUESTER);
        }
    }
}
