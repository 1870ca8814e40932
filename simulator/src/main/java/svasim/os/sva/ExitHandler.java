package svasim.os.sva;

import svasim.os.procedure.Call;

/**
 * A device driver's answer to the end of an address space that it is bound to: invalidate_ctx,
 * process_exit, mm_exit or shutdown_cb in the words of the designs that ask for one. On return the
 * device is to be silent for the bond's PASID.
 */
@FunctionalInterface
public interface ExitHandler {
    /**
     * @param maySleep whether the handler may wait for the device; if not, it can do no more than
     *     ask the device to stop
     */
    Call<?> addressSpaceEnds(Bond bond, boolean maySleep);
}
