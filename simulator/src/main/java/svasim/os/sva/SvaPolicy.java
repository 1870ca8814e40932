package svasim.os.sva;

import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.task.Task;

/**
 * Who holds what until when: what a policy does at the events of a bond's life. What it does when
 * an address space changes or ends it says in the notifiers that it registers.
 */
interface SvaPolicy {
    /** Makes a bond, or says why not. */
    Call<?> bind(BindRequest request);

    /** Ends a use of a bond; the last one ends the bond. */
    Call<?> unbind(Bond bond);

    /** A thread begins to exit; its address space and its files are still there. */
    Call<?> threadExits(Task thread);

    /** Whether devices have to be made ready by their drivers before they can be bound. */
    boolean preparesDevices();

    /** A driver wants to bind its device from now on. */
    Call<?> deviceInit(PciDevice device);

    /** The driver of a device has been unloaded, after it has unbound what it knows of. */
    Call<?> driverGone(PciDevice device);

    /** A device is going to be reset; its driver has stopped it, or it has failed. */
    Call<?> deviceResets(PciDevice device);

    /** The device goes away: bonds that its driver has left behind end. */
    Call<?> removeDevice(PciDevice device);
}
