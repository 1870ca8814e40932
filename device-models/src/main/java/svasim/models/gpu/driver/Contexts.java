package svasim.models.gpu.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.device.ProcessObject;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.task.WorkQueue;

/** All contexts, by PASID; and those of processes, which learn of the end of their process. */
final class Contexts {
    private final GpuDriver driver;
    private final WorkQueue cleanup;
    private final Map<Mm, GpuContext> ofProcesses = new LinkedHashMap<>();
    private final Map<Integer, GpuContext> byPasid = new LinkedHashMap<>();

    Contexts(GpuDriver driver) {
        this.driver = driver;
        cleanup =
                new WorkQueue(
                        "kfd_process_" + driver.host().name(),
                        1,
                        driver.host().platform().scheduler());
    }

    /** What the process has already, or null. */
    GpuContext find(Mm mm) {
        return ofProcesses.get(mm);
    }

    /** Those that have not ended. */
    List<GpuContext> all() {
        return List.copyOf(byPasid.values());
    }

    /** The context that faults of a PASID belong to, or null. */
    GpuContext find(int pasid) {
        return byPasid.get(pasid);
    }

    /** Waits until what predecessors have left is cleaned up. */
    Call<?> drainCleanup() {
        return cleanup.flush();
    }

    /** The object that holds the bond of a process, in the graph of references. */
    Node node(Mm mm) {
        return driver.host().platform().references().node("kfd_process of " + mm.name());
    }

    void add(GpuContext context) {
        byPasid.put(context.bond().requestPasid(), context);
        if (driver.isOfProcess()) {
            Mm mm = context.mm();
            ofProcesses.put(mm, context);
            mm.register(
                    new ProcessObject(
                            mm,
                            node(mm),
                            cleanup,
                            () -> stop(context),
                            () -> GpuFree.call(context)));
        }
    }

    void remove(GpuContext context) {
        byPasid.values().remove(context);
        ofProcesses.values().remove(context);
    }

    private Call<?> stop(GpuContext context) {
        ofProcesses.remove(context.mm());
        return GpuStop.reset(context);
    }
}
