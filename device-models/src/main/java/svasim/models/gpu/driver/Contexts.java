package svasim.models.gpu.driver;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.device.ProcessObject;
import svasim.models.gpu.svm.SvmSpace;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.task.WorkQueue;

/** All contexts, by PASID; and those of processes, which learn of the end of their process. */
final class Contexts {
    private final GpuDriver driver;
    private final WorkQueue cleanup;
    private final Map<Mm, GpuContext> ofProcesses = new LinkedHashMap<>();
    private final Set<GpuContext> all = new LinkedHashSet<>();

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
        return List.copyOf(all);
    }

    /** The contexts that faults of a PASID belong to: one, or one for each file. */
    List<GpuContext> find(int pasid) {
        return all.stream().filter(context -> context.bond().requestPasid() == pasid).toList();
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
        all.add(context);
        watch(context);
        if (driver.isOfProcess()) {
            Mm mm = context.mm();
            ofProcesses.put(mm, context);
            mm.register(
                    new ProcessObject(
                            mm, node(mm), cleanup, () -> stop(context), () -> free(context)));
        }
    }

    /** Notifiers of what the device has of the address space. */
    private void watch(GpuContext context) {
        Mm mm = context.mm();
        String of = driver.name() + " queue " + context.queue();
        var references = driver.host().platform().references();
        SvmSpace space = null;
        UserQueues queues = null;
        if (driver.vram() != null) {
            Node node = references.node("svm_range_list of " + of);
            space = new SvmSpace(driver.vram(), mm, context.bond().requestPasid(), node);
            mm.register(space);
        }
        if (driver.evicts()) {
            queues = new UserQueues(context, references.node("user pointers of " + of));
            mm.register(queues);
        }
        context.watchedBy(space, queues);
    }

    void remove(GpuContext context) {
        all.remove(context);
        ofProcesses.values().remove(context);
    }

    private Call<?> stop(GpuContext context) {
        ofProcesses.remove(context.mm());
        return waitsForPages() ? GpuStop.ask(context) : GpuStop.reset(context);
    }

    private Call<?> free(GpuContext context) {
        Call<?> free = GpuFree.call(context);
        return waitsForPages() ? Call.sequence(List.of(GpuStop.reset(context), free)) : free;
    }

    /** A wavefront that stalls ends when its page request is answered, and not before. */
    private boolean waitsForPages() {
        return driver.subset().takesPageFaults();
    }
}
