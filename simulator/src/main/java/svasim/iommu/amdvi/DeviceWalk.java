package svasim.iommu.amdvi;

import svasim.paging.Walk;

/** Reads a device table entry and checks it (2). */
final class DeviceWalk implements Walk {
    private static final int HALF = 16;

    private final DeviceTableEntryCheck check;

    private long address;
    private boolean second;
    private long q0;
    private long q1;
    private Step step = Step.DONE;
    private DeviceTableEntry entry;
    private Fault fault;

    DeviceWalk(DeviceTableEntryCheck check) {
        this.check = check;
    }

    /**
     * Begins a look-up.
     *
     * @param entryAddress or {@link DeviceTableRegisters#OUTSIDE}
     */
    void start(long entryAddress) {
        entry = null;
        fault = null;
        second = false;
        address = entryAddress;
        step = Step.READ;
        if (entryAddress == DeviceTableRegisters.OUTSIDE) {
            fail(Fault.illegalEntry(false));
        }
    }

    /** The entry, after DONE. */
    DeviceTableEntry entry() {
        return entry;
    }

    /** The error, after FAULT. */
    Fault fault() {
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
        return HALF;
    }

    /** An entry that is not valid has no need of its second half. */
    @Override
    public void data(long low, long high) {
        if (second) {
            finish(new DeviceTableEntry(q0, q1, low, high));
            return;
        }
        q0 = low;
        q1 = high;
        DeviceTableEntry half = new DeviceTableEntry(low, high, 0, 0);
        if (half.valid()) {
            second = true;
            address += HALF;
        } else {
            entry = half;
            step = Step.DONE;
        }
    }

    private void finish(DeviceTableEntry found) {
        switch (check.check(found)) {
            case RESERVED_BIT -> fail(Fault.illegalEntry(true));
            case ILLEGAL_VALUE -> fail(Fault.illegalEntry(false));
            default -> {
                entry = found;
                step = Step.DONE;
            }
        }
    }

    @Override
    public void unreadable() {
        fail(Fault.unreadable(Event.DEV_TAB_HARDWARE_ERROR, address));
    }

    private void fail(Fault why) {
        fault = why;
        step = Step.FAULT;
    }

    @Override
    public long expected() {
        throw new IllegalStateException("a device table is never updated");
    }

    @Override
    public long replacement() {
        throw new IllegalStateException("a device table is never updated");
    }

    @Override
    public void updated(boolean won) {
        throw new IllegalStateException("a device table is never updated");
    }
}
