package svasim.models.nic.device;

import svasim.models.DeviceModelContract;
import svasim.models.MachineUnderTest;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.layout.QueueRegister;

/** Without PASID and ATS: what is missing stalls on its way. */
class NicContractTest extends DeviceModelContract {
    private static final int PACKETS = 8;
    private static final int PAGE = MEMORY_BYTES / 2 / PACKETS;

    /** A posted write is on its way for less. */
    private static final long ARRIVAL_PS = 1_000_000;

    private NicUnderTest nic;

    @Override
    protected int pasid() {
        return NicUnderTest.NONE;
    }

    @Override
    protected MachineUnderTest ready() {
        nic = new NicUnderTest(new NicConfig());
        nic.machine().agent().stall();
        nic.start();
        return nic.machine();
    }

    @Override
    protected void start(MachineUnderTest machine) {
        for (int i = 0; i < PACKETS; i++) {
            nic.receive(MEMORY + MEMORY_BYTES / 2 + (long) i * PAGE, PAGE);
        }
        for (int i = 0; i < PACKETS; i++) {
            nic.transmit(MEMORY + (long) i * PAGE, 1500);
        }
    }

    @Override
    protected void disable(MachineUnderTest machine) {
        nic.write(QueueRegister.CONTROL, QueueRegister.STOP);
        machine.runFor(ARRIVAL_PS);
    }

    @Override
    protected boolean isDisabled(MachineUnderTest machine) {
        return nic.state() == QueueRegister.STOPPED;
    }

    @Override
    protected void configure(MachineUnderTest machine) {
        nic.start();
    }
}
