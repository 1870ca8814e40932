package svasim.models.zip.uacce;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.procedure.Call;

/**
 * hisi_qm_reset_prepare and hisi_qm_dev_err_detected: the queues that programs have are stopped for
 * good, since programs know where in them they are and the device does not any more. What is opened
 * behind the reset gets queues that work; the queue manager has nothing else to be set up.
 */
final class QmReset implements ErrorHandlers {
    private final Set<UacceContext> open = new LinkedHashSet<>();

    void add(UacceContext context) {
        open.add(context);
    }

    void remove(UacceContext context) {
        open.remove(context);
    }

    @Override
    public Call<?> resetPrepare() {
        List<Call<?>> stops = new ArrayList<>();
        open.forEach(context -> stops.add(UacceStop.call(context)));
        return Call.sequence(stops);
    }

    /** The device is not asked: it does nothing any more. */
    @Override
    public Call<?> errorDetected() {
        open.forEach(UacceContext::giveUp);
        return Call.nothing();
    }
}
