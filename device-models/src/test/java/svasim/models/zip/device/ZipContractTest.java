package svasim.models.zip.device;

import static svasim.models.MachineUnderTest.PASID;

import svasim.models.DeviceModelContract;
import svasim.models.MachineUnderTest;
import svasim.models.zip.layout.Mailbox;
import svasim.models.zip.layout.QueueContext;
import svasim.models.zip.layout.Sqe;

class ZipContractTest extends DeviceModelContract {
    private static final int PART = MEMORY_BYTES / 8;

    /** A posted write is on its way for less. */
    private static final long ARRIVAL_PS = 1_000_000;

    private ZipUnderTest zip;

    @Override
    protected MachineUnderTest ready() {
        zip = ZipUnderTest.of(4);
        configure(zip.machine());
        return zip.machine();
    }

    @Override
    protected void start(MachineUnderTest machine) {
        for (int i = 0; i < 4; i++) {
            long from = MEMORY + (long) i * PART;
            zip.submit(0, new Sqe(from, PART, from + 4 * PART, PART, Sqe.ZLIB, i));
        }
    }

    @Override
    protected void disable(MachineUnderTest machine) {
        zip.begin(Mailbox.STOP_QP, 0);
        machine.runFor(ARRIVAL_PS);
    }

    @Override
    protected boolean isDisabled(MachineUnderTest machine) {
        return !zip.isBusy();
    }

    @Override
    protected void configure(MachineUnderTest machine) {
        zip.start(0, PASID, QueueContext.COMPRESS);
    }
}
