package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.paging.Access;
import svasim.paging.TableWalk;
import svasim.paging.Walk;

/**
 * Finds a context descriptor in a table of one or two levels (3.3.3) and checks it. If the stream
 * has stage 2, the addresses of tables are intermediate: stage 2 translates them first.
 */
final class ContextWalk implements Walk {
    private static final int HALF = 16;
    private static final int LEAF_64 = 6;
    private static final int LEAF_1024 = 10;

    /** What is read next, once its address is physical. */
    private enum Reading {
        DESCRIPTOR,
        CONTEXT_LOW,
        CONTEXT_HIGH
    }

    private final ContextDescriptorCheck check;
    private final Features features;
    private final TableWalk tables = new TableWalk();

    private Stream stream;
    private int index;
    private Reading reading;
    private boolean translating;
    private long address;
    private long w0;
    private long w1;
    private Step step = Step.DONE;
    private ContextDescriptor context;
    private Event fault;

    ContextWalk(ContextDescriptorCheck check, Features features) {
        this.check = check;
        this.features = features;
    }

    /**
     * Begins a look-up.
     *
     * @param contextIndex below the number of contexts that the stream has
     */
    void start(Stream ofStream, int contextIndex) {
        stream = ofStream;
        index = contextIndex;
        fault = null;
        context = null;
        translating = false;
        long table = ofStream.entry().s1ContextPtr();
        if (ofStream.twoLevelContexts()) {
            long offset = (long) (contextIndex >>> leafBits()) * L1ContextDescriptor.BYTES;
            seek(Reading.DESCRIPTOR, table + offset);
        } else {
            seek(Reading.CONTEXT_LOW, table + (long) contextIndex * ContextDescriptor.BYTES);
        }
    }

    private int leafBits() {
        return stream.entry().s1Fmt() == 1 ? LEAF_64 : LEAF_1024;
    }

    /** The descriptor, after DONE. */
    ContextDescriptor context() {
        return context;
    }

    /** The walk through stage 2, if that is where the fault was met, else null. */
    TableWalk tables() {
        return translating ? tables : null;
    }

    /** The error after FAULT, unless stage 2 met it. */
    Event fault() {
        return fault;
    }

    @Override
    public Step next() {
        return translating ? tables.next() : step;
    }

    @Override
    public long address() {
        return translating ? tables.address() : address;
    }

    @Override
    public int bytes() {
        if (translating) {
            return tables.bytes();
        }
        return reading == Reading.DESCRIPTOR ? Long.BYTES : HALF;
    }

    @Override
    public void data(long low, long high) {
        if (translating) {
            tables.data(low, high);
            leaveTables();
            return;
        }
        switch (reading) {
            case DESCRIPTOR -> descend(low);
            case CONTEXT_LOW -> {
                w0 = low;
                w1 = high;
                read(Reading.CONTEXT_HIGH, address + HALF);
            }
            case CONTEXT_HIGH -> finish(new ContextDescriptor(w0, w1, low, high));
        }
    }

    private void descend(long descriptor) {
        long table = L1ContextDescriptor.table(descriptor);
        int bits = stream.second() == null ? features.outputBits() : features.intermediateBits();
        if (!L1ContextDescriptor.valid(descriptor) || !Legality.fits(table, bits)) {
            fail(Event.C_BAD_SUBSTREAMID);
        } else {
            long offset = Bits.lowBits(index, leafBits()) * ContextDescriptor.BYTES;
            seek(Reading.CONTEXT_LOW, table + offset);
        }
    }

    private void finish(ContextDescriptor found) {
        if (check.illegal(found, stream.entry(), stream.world())) {
            fail(Event.C_BAD_CD);
        } else {
            context = found;
            step = Step.DONE;
        }
    }

    @Override
    public void unreadable() {
        if (translating) {
            tables.unreadable();
        } else {
            fail(Event.F_CD_FETCH);
        }
    }

    @Override
    public long expected() {
        return tables.expected();
    }

    @Override
    public long replacement() {
        return tables.replacement();
    }

    @Override
    public void updated(boolean won) {
        tables.updated(won);
        leaveTables();
    }

    /** Reads at an address of the tables of contexts, which stage 2 may have to translate. */
    private void seek(Reading what, long at) {
        if (stream.second() == null) {
            read(what, at);
            return;
        }
        reading = what;
        translating = true;
        tables.start(at, Access.READ | Access.OF_TABLE, null, stream.second());
        leaveTables();
    }

    private void leaveTables() {
        if (tables.next() == Step.DONE) {
            translating = false;
            read(reading, tables.output());
        }
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
}
