package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.paging.Walk;

/**
 * Finds a StreamID's entry in a stream table of one or two levels (3.3.2) and checks it. With MPAM
 * the entry of a guest's stream leads to a virtual machine structure, which is fetched with it;
 * what that says of partitions is without effect.
 */
final class StreamWalk implements Walk {
    private static final int HALF = 16;

    /** What is read next. */
    private enum Reading {
        DESCRIPTOR,
        ENTRY_LOW,
        ENTRY_HIGH,
        /** The third quarter, with VMSPtr. */
        ENTRY_THIRD,
        VM_STRUCTURE
    }

    private final StreamTableEntryCheck check;
    private final boolean partitions;

    private StreamTableBase base;
    private int streamId;
    private Reading reading;
    private long address;
    private long w0;
    private long w1;
    private Step step = Step.DONE;
    private StreamTableEntry entry;
    private Event fault;

    /**
     * @param partitions whether the unit has MPAM
     */
    StreamWalk(StreamTableEntryCheck check, boolean partitions) {
        this.partitions = partitions;
        this.check = check;
    }

    /** Begins a look-up; the StreamID may be out of range. */
    void start(StreamTableBase table, int ofStream) {
        base = table;
        streamId = ofStream;
        fault = null;
        entry = null;
        if (!table.contains(ofStream)) {
            fail(Event.C_BAD_STREAMID);
        } else if (table.twoLevel()) {
            read(Reading.DESCRIPTOR, table.descriptorAddress(ofStream));
        } else {
            read(Reading.ENTRY_LOW, table.entryAddress(ofStream));
        }
    }

    /** The entry, after DONE. */
    StreamTableEntry entry() {
        return entry;
    }

    /** The error, after FAULT. */
    Event fault() {
        return fault;
    }

    @Override
    public Step next() {
        return step;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public int bytes() {
        return reading == Reading.DESCRIPTOR ? Long.BYTES : HALF;
    }

    @Override
    public void data(long low, long high) {
        switch (reading) {
            case DESCRIPTOR -> descend(low);
            case ENTRY_LOW -> {
                w0 = low;
                w1 = high;
                firstHalf();
            }
            case ENTRY_HIGH -> finish(new StreamTableEntry(w0, w1, low, high));
            case ENTRY_THIRD -> read(Reading.VM_STRUCTURE, Bits.inPlace(high, 55, 12));
            case VM_STRUCTURE -> step = Step.DONE;
        }
    }

    private void descend(long descriptor) {
        long found = L1StreamTableDescriptor.entryAddress(descriptor, base, streamId);
        if (found < 0) {
            fail(Event.C_BAD_STREAMID);
        } else {
            read(Reading.ENTRY_LOW, found);
        }
    }

    /** An entry that is not valid, or aborts, has no need of the rest. */
    private void firstHalf() {
        StreamTableEntry half = new StreamTableEntry(w0, w1, 0, 0);
        if (!half.valid() || half.aborts()) {
            finish(half);
        } else {
            read(Reading.ENTRY_HIGH, address + HALF);
        }
    }

    private void finish(StreamTableEntry found) {
        if (check.illegal(found)) {
            fail(Event.C_BAD_STE);
        } else {
            entry = found;
            step = Step.DONE;
            if (partitions && found.config() == StreamTableEntry.NESTED && found.s1Mpam()) {
                read(Reading.ENTRY_THIRD, address + HALF);
            }
        }
    }

    @Override
    public void unreadable() {
        fail(reading == Reading.VM_STRUCTURE ? Event.F_VMS_FETCH : Event.F_STE_FETCH);
    }

    private void read(Reading what, long at) {
        reading = what;
        address = at;
        step = Step.READ;
    }

    private void fail(Event event) {
        fault = event;
        step = Step.FAULT;
    }

    @Override
    public long expected() {
        throw new IllegalStateException("a stream table is never updated");
    }

    @Override
    public long replacement() {
        throw new IllegalStateException("a stream table is never updated");
    }

    @Override
    public void updated(boolean won) {
        throw new IllegalStateException("a stream table is never updated");
    }
}
