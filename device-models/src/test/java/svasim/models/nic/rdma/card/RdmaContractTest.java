package svasim.models.nic.rdma.card;

import static svasim.models.nic.rdma.card.RdmaUnderTest.PAGE;

import svasim.models.DeviceModelContract;
import svasim.models.MachineUnderTest;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.models.nic.rdma.layout.WorkRequest;

/** The card knows every page; what the IOMMU misses stalls on its way. */
class RdmaContractTest extends DeviceModelContract {
    private static final int KEY = 1;
    private static final long HALF = MEMORY_BYTES / 2;

    /** A posted write is on its way for less. */
    private static final long ARRIVAL_PS = 1_000_000;

    private RdmaUnderTest card;

    @Override
    protected int pasid() {
        return RdmaUnderTest.NONE;
    }

    @Override
    protected MachineUnderTest ready() {
        card = new RdmaUnderTest(1, new OnDemandConfig());
        card.machine().agent().stall();
        setUp();
        return card.machine();
    }

    private void setUp() {
        card.start(0);
        card.create(KEY, 0, MEMORY, MEMORY_BYTES);
        for (long page = MEMORY; page < MEMORY + MEMORY_BYTES; page += PAGE) {
            card.set(KEY, page, page, true);
        }
        card.machine().run();
    }

    @Override
    protected void start(MachineUnderTest machine) {
        for (long from = 0; from < HALF; from += HALF / 4) {
            WorkRequest quarter =
                    new WorkRequest(KEY, MEMORY + from, KEY, MEMORY + HALF + from, (int) HALF / 4);
            card.post(0, quarter);
        }
    }

    @Override
    protected void disable(MachineUnderTest machine) {
        card.stop(0);
        machine.runFor(ARRIVAL_PS);
    }

    @Override
    protected boolean isDisabled(MachineUnderTest machine) {
        return card.state(0) == MessageRegister.STOPPED;
    }

    @Override
    protected void configure(MachineUnderTest machine) {
        card.setUp();
        setUp();
    }
}
