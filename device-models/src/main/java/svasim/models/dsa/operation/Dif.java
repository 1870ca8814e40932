package svasim.models.dsa.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;

/**
 * Checks, inserts, strips and updates data integrity fields, block by block, or makes those of a
 * range without copying it.
 */
final class Dif implements Computation {
    private static final int PASS_APPLICATION = 0x08;
    private static final int PASS_GUARD = 0x20;
    private static final int PASS_REFERENCE = 0x40;

    private final Opcode opcode;
    private final DifBlock block;
    private final long destination;
    private final DifTags source;
    private final DifTags target;
    private int wrong;
    private final List<Store> made = new ArrayList<>();

    Dif(Opcode opcode, Descriptor d) {
        this.opcode = opcode;
        block = DifBlock.of(d);
        destination = d.destination();
        source = new DifTags(d.sourceTags(), d.sourceDifFlags());
        target = new DifTags(d.destinationTags(), d.destinationDifFlags());
    }

    /** Block after block; a wrong one is not taken. */
    @Override
    public int next(byte[] first, byte[] second, long offset, int length) {
        int unit = readsTuples() ? block.bytesWithTuple() : block.bytes();
        made.clear();
        for (int i = 0; i < length; i += unit) {
            byte[] bytes = Arrays.copyOfRange(first, i, i + unit);
            if (!take(bytes, offset + i, i)) {
                return i;
            }
        }
        return length;
    }

    private boolean take(byte[] bytes, long offset, int progress) {
        int guard = block.guard(bytes);
        DifTuple found = readsTuples() ? DifTuple.at(bytes, block.bytes()) : null;
        wrong = found == null ? 0 : DifCheck.of(found, source, guard);
        if (wrong != 0) {
            return false;
        }
        if (opcode != Opcode.DIF_CHECK) {
            long address = destination + block.written(opcode, offset);
            made.add(new Store(address, make(bytes, found, guard), progress));
        }
        source.advance();
        target.advance();
        return true;
    }

    @Override
    public List<Store> stores(byte[] first, long offset) {
        return List.copyOf(made);
    }

    private boolean readsTuples() {
        return opcode != Opcode.DIF_INSERT && opcode != Opcode.DIX_GENERATE;
    }

    private boolean writesTuples() {
        return !readsTuples() || opcode == Opcode.DIF_UPDATE;
    }

    /** What is written for a block. */
    private byte[] make(byte[] first, DifTuple found, int guard) {
        if (opcode == Opcode.DIX_GENERATE) {
            byte[] tuple = new byte[DifBlock.TUPLE_BYTES];
            tuple(null, guard).put(tuple, 0);
            return tuple;
        }
        int size = writesTuples() ? block.bytesWithTuple() : block.bytes();
        byte[] bytes = Arrays.copyOf(first, size);
        if (writesTuples()) {
            tuple(found, guard).put(bytes, block.bytes());
        }
        return bytes;
    }

    /** Masked bits of the application tag are those of the source, or 0 (assumed). */
    private DifTuple tuple(DifTuple found, int guard) {
        int old = found == null ? 0 : found.application();
        int application = target.application() & ~target.mask() | old & target.mask();
        return new DifTuple(
                found != null && target.has(PASS_GUARD) ? found.guard() : guard,
                found != null && target.has(PASS_APPLICATION) ? old : application,
                found != null && target.has(PASS_REFERENCE)
                        ? found.reference()
                        : target.reference());
    }

    /** The DIF status. */
    @Override
    public int result() {
        return wrong;
    }

    @Override
    public Status status() {
        return wrong == 0 ? Status.SUCCESS : Status.DIF_ERROR;
    }

    @Override
    public long specific() {
        return readsTuples() ? source.field() : 0;
    }

    @Override
    public long written() {
        return writesTuples() ? target.field() : 0;
    }
}
