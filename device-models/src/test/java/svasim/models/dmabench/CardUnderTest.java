package svasim.models.dmabench;

import svasim.models.MachineUnderTest;

/** The card, driven through its registers without a kernel. */
final class CardUnderTest {
    private final MachineUnderTest machine;

    CardUnderTest(DmaBenchConfig config) {
        machine = MachineUnderTest.with(new DmaBenchProvider(), config);
    }

    MachineUnderTest machine() {
        return machine;
    }

    /**
     * Starts a measurement.
     *
     * @param pasid -1 for none
     */
    void start(long control, long pasid, long address, long bytes, long samples) {
        write(CardRegister.PASID, pasid);
        write(CardRegister.WINDOW_ADDRESS, address);
        write(CardRegister.WINDOW_BYTES, bytes);
        write(CardRegister.SAMPLES, samples);
        write(CardRegister.CONTROL, control);
    }

    void write(CardRegister register, long value) {
        machine.write64(CardRegister.BAR, register.offset(), value);
    }

    long read(CardRegister register) {
        return machine.read(CardRegister.BAR, register.offset(), Long.BYTES);
    }
}
