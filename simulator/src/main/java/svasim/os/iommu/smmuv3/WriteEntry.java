package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.ContextDescriptor;
import svasim.iommu.smmuv3.StreamTableEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * arm_smmu_write_entry: changes an entry of eight words so that the unit, which reads them one by
 * one, sees the old entry or the new one. Words that the unit does not look at are written before
 * or after word 0, with a synchronisation between; an entry of which both forms use all words is
 * invalid meanwhile.
 */
final class WriteEntry {
    private static final int WORDS = 8;

    private static final Procedure<WriteEntry> WRITE =
            Procedure.<WriteEntry>named("arm_smmu_write_entry")
                    .step("read entry", 20_000, WriteEntry::plan)
                    .step("write words and CMD_SYNC", 40_000, WriteEntry::writeNext)
                    .build();

    private final CommandQueue queue;
    private final Command invalidation;
    private final LongPredicate firstOnly;
    private final long address;
    private final long[] target;
    private final List<long[]> stages = new ArrayList<>();

    private WriteEntry(
            CommandQueue queue,
            Command invalidation,
            LongPredicate firstOnly,
            long address,
            long[] target) {
        this.queue = queue;
        this.invalidation = invalidation;
        this.firstOnly = firstOnly;
        this.address = address;
        this.target = target;
    }

    /** Changes the entry of a stream. */
    static Call<?> ofStream(
            CommandQueue queue, int streamId, long address, StreamTableEntry target) {
        Command invalidation = Command.stream(streamId);
        return new Call<>(
                WRITE,
                new WriteEntry(
                        queue,
                        invalidation,
                        StreamTableEntry::usesFirstWordOnly,
                        address,
                        target.words()));
    }

    /**
     * Changes a context descriptor.
     *
     * @param invalidation of that descriptor
     */
    static Call<?> ofContext(
            CommandQueue queue, Command invalidation, long address, ContextDescriptor target) {
        return new Call<>(
                WRITE,
                new WriteEntry(
                        queue,
                        invalidation,
                        ContextDescriptor::usesFirstWordOnly,
                        address,
                        target.words()));
    }

    /** States that the entry passes through; each is followed by an invalidation. */
    private Next plan(Cpu cpu) {
        long[] now = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            now[i] = cpu.load(address + (long) i * Long.BYTES);
        }
        if (firstOnly.test(target[0])) {
            stages.add(withFirst(now, target[0]));
        } else if (firstOnly.test(now[0])) {
            stages.add(withFirst(target, now[0]));
        } else {
            stages.add(withFirst(now, 0));
            stages.add(withFirst(target, 0));
        }
        stages.add(target);
        return Next.ON;
    }

    private static long[] withFirst(long[] words, long first) {
        long[] changed = words.clone();
        changed[0] = first;
        return changed;
    }

    private Next writeNext(Cpu cpu) {
        while (!stages.isEmpty()) {
            if (write(cpu, stages.remove(0))) {
                return new Next.EnterAgain(queue.submit(List.of(invalidation)));
            }
        }
        return Next.DONE;
    }

    /** Whether any word had to be changed. */
    private boolean write(Cpu cpu, long[] words) {
        boolean changed = false;
        for (int i = WORDS - 1; i >= 0; i--) {
            long at = address + (long) i * Long.BYTES;
            if (cpu.load(at) != words[i]) {
                cpu.store(at, words[i]);
                changed = true;
            }
        }
        return changed;
    }
}
