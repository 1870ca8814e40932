package svasim.os.iommu;

import svasim.os.procedure.Call;

/**
 * What the driver of a device does around a reset of it (pci_error_handlers). A reset that somebody
 * asks for calls {@link #resetPrepare} and {@link #resetDone}; after a fatal error {@link
 * #errorDetected}, {@link #slotReset} and {@link #resume} are called, each for all devices behind
 * the port before the next.
 */
public interface ErrorHandlers {
    /** Of a driver that has nothing to stop and nothing to set up. */
    ErrorHandlers NONE = new ErrorHandlers() {};

    /** The device is going to be reset and answers still: it is stopped, and stays so. */
    default Call<?> resetPrepare() {
        return Call.nothing();
    }

    /** The device has been reset, and has its translations again. */
    default Call<?> resetDone() {
        return Call.nothing();
    }

    /** The device has failed: from now on nothing may be asked of it. */
    default Call<?> errorDetected() {
        return Call.nothing();
    }

    /** The device has been reset by its bus and answers again. */
    default Call<?> slotReset() {
        return Call.nothing();
    }

    /** All devices are set up again: work goes on. */
    default Call<?> resume() {
        return Call.nothing();
    }
}
