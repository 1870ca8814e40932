package svasim.models.dsa.idxd;

import svasim.models.dsa.layout.Command;
import svasim.models.dsa.vdcm.RealDevice;
import svasim.os.procedure.Call;
import svasim.os.task.Platform;

/** The driver's device and one of its queues, for who composes a device of that. */
record DividedDevice(DsaDriver driver, DriverQueue queue) implements RealDevice {
    @Override
    public int requesterId() {
        return driver.host().device().requesterId();
    }

    @Override
    public long portal() {
        return queue.portal(driver.host());
    }

    @Override
    public Call<?> command(Command command, int operand) {
        return new IdxdCommand(driver, command, operand).call();
    }

    @Override
    public Platform platform() {
        return driver.host().platform();
    }
}
