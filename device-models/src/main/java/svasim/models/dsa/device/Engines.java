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
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.layout.Wqcfg;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/**
 * The engines: any engine of a group takes descriptors from any queue of the group, from each as
 * often as its priority says.
 */
final class Engines {
    private final DeviceHost host;
    private final int lane;
    private final DeviceState device;
    private final List<WorkQueue> queues;
    private final Admission admission;
    private final List<Engine> engines = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private final DataPort port;
    private final ReadBuffers readBuffers;
    private final CompletionWriter completions;
    private final Histogram latency;
    private final Arbiter arbiter = new Arbiter();
    private int nextEngine;

    Engines(
            DsaConfig config,
            DeviceHost host,
            DeviceState device,
            Admission admission,
            CompletionWriter completions) {
        this.host = host;
        this.device = device;
        this.admission = admission;
        this.queues = device.queues();
        this.completions = completions;
        lane = host.trace().lane(host.name());
        readBuffers = new ReadBuffers(config.readBuffers(), device);
        latency =
                host.statistics()
                        .latency(
                                host.name() + ".descriptor.latency.ps",
                                "from acceptance of a descriptor to its completion record");
        port = new DataPort(host.kernel(), config.bandwidth());
        for (int i = 0; i < config.engines(); i++) {
            engines.add(new Engine(i, config, host, this, port));
        }
    }

    /**
     * Gives waiting descriptors to engines of their group, as long as there are both. Members of
     * batches come first: who is begun is to end.
     */
    void dispatch(long nowPs) {
        for (int group = 0; group < DsaConfig.GROUPS; group++) {
            while (dispatchMember(nowPs, group) || dispatchQueue(nowPs, group)) {
                // As long as there is something to do.
            }
        }
        batches.removeIf(Batch::isOver);
    }

    private boolean dispatchMember(long nowPs, int group) {
        int engine = freeEngine(group, false);
        for (Batch batch : batches) {
            boolean here = device.group(group).hasQueue(batch.work().queue().index());
            Work member = here ? batch.next() : null;
            if (member != null && engine >= 0) {
                batch.take();
                start(nowPs, engine, member);
                return true;
            }
        }
        return false;
    }

    private boolean dispatchQueue(long nowPs, int group) {
        int forBatch = freeEngine(group, true);
        int forOther = freeEngine(group, false);
        if (forBatch < 0 && forOther < 0) {
            return false;
        }
        WorkQueue queue =
                arbiter.next(
                        device.queuesOf(group),
                        work -> (work.isBatch() ? forBatch : forOther) >= 0);
        if (queue == null) {
            return false;
        }
        Work work = queue.take();
        start(nowPs, work.isBatch() ? forBatch : forOther, work);
        return true;
    }

    private void start(long nowPs, int engine, Work work) {
        nextEngine = (engine + 1) % engines.size();
        engines.get(engine).start(nowPs, work);
    }

    /** Members of a batch are there; they begin with the next dispatch. */
    void offer(Batch batch) {
        if (!batches.contains(batch)) {
            batches.add(batch);
        }
        host.kernel().after(0, (now, kind, data) -> dispatch(now), 0, 0);
    }

    long nextWork() {
        return device.nextWork();
    }

    /** What carries out a descriptor. */
    Execution execution(Engine engine, Work work) {
        Outcome refusal = admission.refuse(work);
        if (refusal != null) {
            return new Immediate(engine, work, refusal);
        }
        Opcode opcode = Opcode.of(work.descriptor().opcode());
        return switch (opcode) {
            case NO_OP -> new Immediate(engine, work, Outcome.of(Status.SUCCESS));
            case BATCH -> new Batch(engine, work);
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
    void left(long nowPs, Ending ending) {
        Work work = ending.work();
        if (work.batch() == null) {
            work.queue().finished(work);
        } else {
            work.batch().left(nowPs, ending.outcome());
        }
        dispatch(nowPs);
    }

    /**
     * A queue takes work from now on. Where its PASID stands in its configuration that is the only
     * place: what is still under way for its earlier work is taken for that of the new PASID, but
     * for a reset in between.
     */
    void enabled(WorkQueue queue) {
        int before = queue.workedFor();
        Wqcfg now = queue.config();
        boolean changed = now.has(Wqcfg.PASID_ENABLE) && before != now.pasid();
        if (!now.isShared() && before != PasidPrefix.NONE && changed) {
            host.function().dma().reassign(before, now.pasid());
        }
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
        completions.abandon(nowPs, which);
        pasids.forEach(pasid -> host.function().dma().discard(pasid));
    }

    /** Everything is thrown away, and engines and port are free. */
    void reset(long nowPs) {
        abort(nowPs, work -> true);
        engines.forEach(Engine::reset);
        port.reset();
    }

    private Set<Integer> pasidsInFlight(Predicate<Work> which) {
        return queues.stream()
                .flatMap(queue -> queue.inFlight().stream())
                .filter(which)
                .map(Work::pasid)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    ReadBuffers.Share readBuffers(Work work) {
        return readBuffers.share(device.groupOf(work.queue()));
    }

    /** One line for each descriptor in progress. */
    void waitingFor(List<String> lines) {
        engines.forEach(engine -> engine.waitingFor(lines));
    }

    /** The engine whose turn it is, of those of a group that have room; -1 if none has. */
    private int freeEngine(int group, boolean batch) {
        Grpcfg registers = device.group(group);
        for (int i = 0; i < engines.size(); i++) {
            int index = (nextEngine + i) % engines.size();
            if (registers.hasEngine(index) && engines.get(index).hasRoom(batch, registers)) {
                return index;
            }
        }
        return -1;
    }
}
