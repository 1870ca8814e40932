package svasim.models.dsa.device;

import svasim.models.DeviceModelContract;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;

class DsaContractTest extends DeviceModelContract {
    private DsaUnderTest dsa;

    @Override
    protected MachineUnderTest ready() {
        dsa = DsaUnderTest.ready();
        return dsa.machine();
    }

    @Override
    protected void start(MachineUnderTest machine) {
        int half = MEMORY_BYTES / 2;
        for (int i = 0; i < 4; i++) {
            int part = half / 4;
            dsa.submit(
                    DsaUnderTest.move(
                            MEMORY + (long) i * part, MEMORY + half + (long) i * part, part, true));
        }
    }

    @Override
    protected void disable(MachineUnderTest machine) {
        dsa.begin(Command.DISABLE_WQ, Register.queueBit(0));
    }

    @Override
    protected boolean isDisabled(MachineUnderTest machine) {
        return dsa.queueState(0) == QueueState.DISABLED;
    }

    @Override
    protected void configure(MachineUnderTest machine) {
        dsa.configure();
    }
}
