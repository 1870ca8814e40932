package svasim.models.dmabench;

import java.util.HashMap;
import java.util.Map;
import svasim.device.ProcessObject;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.task.WorkQueue;

/** The processes that have the card, for a driver in the style of amdkfd. */
final class CardProcesses {
    private final DmaBenchDriver driver;
    private final WorkQueue cleanup;
    private final Map<Mm, CardContext> contexts = new HashMap<>();

    CardProcesses(DmaBenchDriver driver) {
        this.driver = driver;
        this.cleanup =
                new WorkQueue(
                        "kfd_process_" + driver.name(), 1, driver.host().platform().scheduler());
    }

    /** What the process has already, or null. */
    CardContext find(Mm mm) {
        return contexts.get(mm);
    }

    /** Waits until what predecessors have left is cleaned up. */
    Call<?> drainCleanup() {
        return cleanup.flush();
    }

    /** The object that holds the bond of a process, in the graph of references. */
    Node node(Mm mm) {
        return driver.host().platform().references().node("kfd_process of " + mm.name());
    }

    /** The process has the card from now on, until its address space ends. */
    void add(Mm mm, CardContext context) {
        contexts.put(mm, context);
        mm.register(
                new ProcessObject(
                        mm,
                        node(mm),
                        cleanup,
                        () -> stop(mm, context),
                        () -> CardFree.call(driver, context)));
    }

    private Call<?> stop(Mm mm, CardContext context) {
        contexts.remove(mm);
        return CardStop.call(driver);
    }
}
