package svasim.models.dmabench;

import static svasim.models.MachineUnderTest.PASID;

import svasim.models.DeviceModelContract;
import svasim.models.MachineUnderTest;

class DmaBenchContractTest extends DeviceModelContract {
    private static final int OUTSTANDING = 4;
    private static final int SAMPLES = 50;

    private CardUnderTest card;

    @Override
    protected MachineUnderTest ready() {
        card =
                new CardUnderTest(
                        new DmaBenchConfig(
                                DmaBenchConfig.Addressing.SVA,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                OUTSTANDING,
                                null,
                                null,
                                null,
                                null));
        return card.machine();
    }

    @Override
    protected void start(MachineUnderTest machine) {
        card.start(CardRegister.WRITE, PASID, MEMORY, MEMORY_BYTES, SAMPLES);
    }

    @Override
    protected void disable(MachineUnderTest machine) {
        card.write(CardRegister.CONTROL, CardRegister.STOP);
    }

    @Override
    protected boolean isDisabled(MachineUnderTest machine) {
        return card.read(CardRegister.BUSY) == 0;
    }

    @Override
    protected void configure(MachineUnderTest machine) {
        // The card has no configuration that outlives a measurement.
    }
}
