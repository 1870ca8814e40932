package svasim.models.dmabench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private final Map<Mm, User> users = new LinkedHashMap<>();

    /** What is kept for a process, and how it learns of its end. */
    private record User(CardContext context, ProcessObject object) {}

    CardProcesses(DmaBenchDriver driver) {
        this.driver = driver;
        this.cleanup =
                new WorkQueue(
                        "kfd_process_" + driver.name(), 1, driver.host().platform().scheduler());
    }

    /** What the process has already, or null. */
    CardContext find(Mm mm) {
        User user = users.get(mm);
        return user == null ? null : user.context();
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
        ProcessObject object =
                new ProcessObject(mm, node(mm), cleanup, () -> stop(mm), () -> free(context));
        users.put(mm, new User(context, object));
        mm.register(object);
    }

    private Call<?> stop(Mm mm) {
        users.remove(mm);
        return waitsForPages() ? CardStop.ask(driver) : CardStop.call(driver);
    }

    private Call<?> free(CardContext context) {
        Call<?> free = CardFree.call(driver, context);
        return waitsForPages() ? Call.sequence(List.of(CardStop.call(driver), free)) : free;
    }

    /** The card is idle when its page requests are answered, and not before. */
    private boolean waitsForPages() {
        return driver.subset().takesPageFaults();
    }

    /** The card is taken away: no process has it any more, or is told of its own end. */
    Call<?> removeAll() {
        List<Call<?>> calls = new ArrayList<>();
        users.forEach((mm, user) -> calls.addAll(removal(mm, user)));
        users.clear();
        return Call.sequence(calls);
    }

    private List<Call<?>> removal(Mm mm, User user) {
        return List.of(
                CardStop.call(driver),
                CardFree.call(driver, user.context()),
                mm.unregister(user.object()));
    }
}
