package svasim.models.dsa.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import svasim.device.DeviceHost;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.trace.Kind;

/**
 * The group: any of its engines takes descriptors from any of its queues, from each as often as its
 * priority says.
 */
final class Group {
    private final DeviceHost host;
    private final int lane;
    private final DeviceState device;
    private final List<WorkQueue> queues;
    private final List<Engine> engines = new ArrayList<>();
    private final ReadBuffers readBuffers;
    private final CompletionWriter completions;
    private final Histogram latency;
    private final Arbiter arbiter = new Arbiter();
    private int nextEngine;

    Group(DsaConfig config, DeviceHost host, DeviceState device, CompletionWriter completions) {
        this.host = host;
        this.device = device;
        this.queues = device.queues();
        this.completions = completions;
        lane = host.trace().lane(host.name());
        readBuffers = new ReadBuffers(config.readBuffers());
        latency =
                host.statistics()
                        .latency(
                                host.name() + ".descriptor.latency.ps",
                                "from acceptance of a descriptor to its completion record");
        for (int i = 0; i < config.engines(); i++) {
            engines.add(new Engine(i, config, host, this));
        }
    }

    /** Gives waiting descriptors to engines, as long as there are both; each has its turn. */
    void dispatch(long nowPs) {
        int engine = freeEngine();
        WorkQueue queue = engine < 0 ? null : arbiter.next(queues);
        while (queue != null) {
            nextEngine = (engine + 1) % engines.size();
            engines.get(engine).start(nowPs, queue.take());
            engine = freeEngine();
            queue = engine < 0 ? null : arbiter.next(queues);
        }
    }

    /** What carries out a descriptor. */
    Execution execution(Engine engine, Work work) {
        Outcome refusal = Admission.refuse(work);
        if (refusal != null) {
            return new Immediate(engine, work, refusal);
        }
        Opcode opcode = Opcode.of(work.descriptor().opcode());
        return switch (opcode) {
            case NO_OP -> new Immediate(engine, work, Outcome.of(Status.SUCCESS));
            case DRAIN -> new Drain(engine, work);
            default -> new Transfer(engine, work, opcode);
        };
    }

    /** Tells software of the end of a descriptor; goes on when that is on its way. */
    void complete(long nowPs, Ending ending, LongConsumer then) {
        completions.complete(
                nowPs,
                ending,
                now -> {
                    tell(now, ending);
                    then.accept(now);
                });
    }

    private void tell(long nowPs, Ending ending) {
        Work work = ending.work();
        Outcome outcome = ending.outcome();
        latency.recordValue(nowPs - work.acceptedPs());
        int code = outcome.isAborted() ? 0 : outcome.record().status().code();
        host.trace().tell(Kind.WORK_DONE, lane, work.pasid(), code, work.id(), outcome.text());
    }

    /** A descriptor has left its engine. */
    void left(long nowPs, Work work) {
        work.queue().finished(work);
        dispatch(nowPs);
    }

    /**
     * Throws away descriptors; those that engines work on end as soon as their accesses have.
     * Accesses that wait are discarded, unless other work of the same PASID goes on.
     */
    void abort(long nowPs, Predicate<Work> which) {
        Set<Integer> pasids = pasidsInFlight(which);
        pasids.removeAll(pasidsInFlight(which.negate()));
        for (WorkQueue queue : queues) {
            for (Work work : queue.discard(which)) {
                complete(nowPs, new Ending(work, -1, Outcome.ABORTED), now -> {});
            }
        }
        engines.forEach(engine -> engine.abort(nowPs, which));
        pasids.forEach(pasid -> host.function().dma().discard(pasid));
    }

    private Set<Integer> pasidsInFlight(Predicate<Work> which) {
        return queues.stream()
                .flatMap(queue -> queue.inFlight().stream())
                .filter(which)
                .map(Work::pasid)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    ReadBuffers readBuffers() {
        return readBuffers;
    }

    /** One line for each descriptor in progress. */
    void waitingFor(List<String> lines) {
        engines.forEach(engine -> engine.waitingFor(lines));
    }

    /** The engine whose turn it is, of those in the group that have room; -1 if none has. */
    private int freeEngine() {
        for (int i = 0; i < engines.size(); i++) {
            int index = (nextEngine + i) % engines.size();
            boolean inGroup = (device.groupEngines() >>> index & 1) != 0;
            if (inGroup && engines.get(index).hasRoom()) {
                return index;
            }
        }
        return -1;
    }
}
