package svasim.models.dsa.idxd;

import java.util.ArrayList;
import java.util.List;
import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.os.file.Work.Buffers;

/**
 * The members of a batch, and where they lie in the memory of the process: the list of descriptors,
 * a record for each, and the record of the batch.
 */
final class Members {
    private static final int FLAGS =
            Flags.COMPLETION_ADDRESS_VALID | Flags.REQUEST_COMPLETION_RECORD;

    private final List<DsaWork> works;
    private final List<Descriptor.Builder> prepared;
    private long start;

    private Members(List<DsaWork> works, List<Descriptor.Builder> prepared) {
        this.works = works;
        this.prepared = prepared;
    }

    /**
     * What a batch is made of.
     *
     * @param number of the batch among those that follow each other in the buffers
     */
    static Members of(DsaWork batch, Buffers buffers, long number, long lastDelta) {
        List<DsaWork> works = new ArrayList<>(batch.members().values());
        List<Descriptor.Builder> prepared = new ArrayList<>();
        for (int i = 0; i < batch.descriptors(); i++) {
            boolean mixed = !batch.members().isEmpty();
            long place = mixed ? 0 : number * batch.descriptors() + i;
            if (!mixed) {
                works.add(batch);
            }
            prepared.add(Preparation.prepare(works.get(i), buffers, place, lastDelta));
        }
        return new Members(works, prepared);
    }

    int count() {
        return prepared.size();
    }

    /** Bytes of memory that list and records take. */
    long bytes() {
        return count() * (long) (Descriptor.BYTES + CompletionRecord.BYTES)
                + CompletionRecord.BYTES;
    }

    /** They lie at a virtual address from now on. */
    void place(long address) {
        start = address;
        for (int i = 0; i < count(); i++) {
            prepared.get(i).completionAddress(record(i));
        }
    }

    long start() {
        return start;
    }

    /** Virtual address of a member's record; of that of the batch, behind the last. */
    long record(int member) {
        return start + (long) count() * Descriptor.BYTES + (long) member * CompletionRecord.BYTES;
    }

    /** The descriptor of the whole batch. */
    Descriptor.Builder descriptor() {
        return Descriptor.builder(Opcode.BATCH).flags(FLAGS).source(start).size(count());
    }

    Descriptor.Builder member(int number) {
        return prepared.get(number);
    }

    DsaWork work(int number) {
        return works.get(number);
    }

    /** What the memory holds before the batch is handed in: cleared records behind the list. */
    byte[] image() {
        byte[] image = new byte[(int) bytes()];
        for (int i = 0; i < count(); i++) {
            byte[] descriptor = prepared.get(i).build().toBytes();
            System.arraycopy(descriptor, 0, image, i * Descriptor.BYTES, Descriptor.BYTES);
        }
        return image;
    }

    /** Bytes that all members together work on. */
    long workload() {
        return prepared.stream().mapToLong(member -> member.build().size()).sum();
    }
}
