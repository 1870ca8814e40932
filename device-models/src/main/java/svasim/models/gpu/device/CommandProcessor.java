package svasim.models.gpu.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import svasim.device.DeviceHost;
import svasim.device.Words;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.layout.InterruptEntry;
import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.local.MemoryPort;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.endpoint.OnFault;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * Takes packets from the queues that have a slot, spreads their wavefronts over the compute units,
 * and tells of their end: first in the memory of the process, then by interrupt.
 */
final class CommandProcessor {
    private final DeviceHost host;
    private final int lane;
    private final List<ComputeUnit> units = new ArrayList<>();
    private final InterruptRing interrupts;
    private final MemoryPort port;
    private final ContextSave contextSave;
    private final int stream;
    private final Counter dispatches;
    private Runlist runlist;
    private int turn;
    private long begun;
    private int life;

    CommandProcessor(GpuConfig config, DeviceHost host, Reports reports, MemoryPort port) {
        this.host = host;
        this.interrupts = reports.ring();
        this.port = port;
        contextSave = new ContextSave(this, host);
        lane = host.trace().lane(host.name());
        for (int number = 0; number < config.computeUnits(); number++) {
            units.add(new ComputeUnit(number, config, host, reports, port));
        }
        stream = units.size();
        dispatches = host.statistics().counter(host.name() + ".dispatches", "dispatches ended");
    }

    /** Where queues get their slots; must be set before the first doorbell. */
    void runlist(Runlist list) {
        runlist = list;
    }

    /** Goes on with all queues that have a slot. */
    void pump() {
        runlist.leaving().forEach(contextSave::save);
        List<Queue> running = runlist.running();
        running.forEach(contextSave::restore);
        for (Queue queue : running) {
            if (queue.dispatch() == null && !queue.isAccessing() && queue.hasPackets()) {
                fetch(queue);
            }
        }
        beginWaves(running);
    }

    void waveEnded(long nowPs, Dispatch dispatch) {
        Queue queue = dispatch.queue();
        boolean current = queue.dispatch() == dispatch && !queue.isAccessing();
        if (current && dispatch.isOver()) {
            signal(queue, dispatch);
        }
        runlist.update(nowPs);
        pump();
    }

    /** Forgets everything. */
    void reset() {
        life++;
        units.forEach(ComputeUnit::reset);
    }

    /** One wavefront of each queue in turn, to the unit that holds the fewest. */
    private void beginWaves(List<Queue> running) {
        int without = 0;
        while (without < running.size()) {
            turn = (turn + 1) % running.size();
            Dispatch dispatch = running.get(turn).dispatch();
            ComputeUnit unit = emptiest();
            boolean begins = unit.hasRoom() && dispatch != null && dispatch.hasMore();
            without = begins ? 0 : without + 1;
            if (begins) {
                dispatch.begin(unit);
            }
        }
    }

    private ComputeUnit emptiest() {
        ComputeUnit best = units.get(0);
        for (ComputeUnit unit : units) {
            best = unit.held() < best.held() ? unit : best;
        }
        return best;
    }

    private void fetch(Queue queue) {
        byte[] bytes = new byte[Packet.BYTES];
        LongConsumer then = nowPs -> fetched(queue, bytes, nowPs);
        access(queue, queue.packetAddress(), bytes, false, then);
    }

    private void fetched(Queue queue, byte[] bytes, long nowPs) {
        if (queue.state() == Queue.State.RUNNING && Packet.isValid(bytes)) {
            Packet packet = Packet.of(bytes);
            begun++;
            host.trace().tell(Kind.WORK_ACCEPTED, lane, queue.pasid(), queue.number(), begun);
            long taken = queue.take();
            byte[] pointer = new byte[Long.BYTES];
            Words.put(pointer, 0, Long.BYTES, taken);
            access(
                    queue,
                    queue.readPointer(),
                    pointer,
                    true,
                    now -> begin(now, queue, packet, begun));
            return;
        }
        goOn(nowPs);
    }

    /** A packet that is not legal ends at once, badly. */
    private void begin(long nowPs, Queue queue, Packet packet, long number) {
        if (packet.isLegal()) {
            queue.dispatch(new Dispatch(this, queue, packet, number));
        } else {
            tellEnd(nowPs, queue, packet.signal(), Packet.FAULTED, number);
            return;
        }
        goOn(nowPs);
    }

    private void signal(Queue queue, Dispatch dispatch) {
        long value = dispatch.hasFailed() ? Packet.FAULTED : Packet.DONE;
        queue.dispatch(null);
        long nowPs = host.kernel().nowPs();
        tellEnd(nowPs, queue, dispatch.packet().signal(), value, dispatch.number());
    }

    private void tellEnd(long nowPs, Queue queue, long address, long value, long number) {
        byte[] bytes = new byte[Long.BYTES];
        Words.put(bytes, 0, Long.BYTES, value);
        access(
                queue,
                address,
                bytes,
                true,
                now -> {
                    dispatches.increment();
                    String how = value == Packet.DONE ? "success" : "fault";
                    host.trace()
                            .tell(Kind.WORK_DONE, lane, queue.pasid(), queue.number(), number, how);
                    interrupts.put(
                            new InterruptEntry(
                                    InterruptEntry.END_OF_PIPE,
                                    queue.pasid(),
                                    queue.number(),
                                    0,
                                    false));
                    goOn(now);
                });
    }

    void goOn(long nowPs) {
        runlist.update(nowPs);
        pump();
    }

    /** One access for a queue; what fails is as if it had not been. */
    private void access(Queue queue, long address, byte[] bytes, boolean write, LongConsumer then) {
        access(
                queue,
                address,
                bytes,
                write,
                (nowPs, good) -> {
                    if (good) {
                        then.accept(nowPs);
                    } else {
                        queue.ring(0);
                        goOn(nowPs);
                    }
                });
    }

    /** The same; who asks learns how it has ended. */
    void access(Queue queue, long address, byte[] bytes, boolean write, Outcome then) {
        queue.accessing(true);
        int begunIn = life;
        DmaRequest request =
                new DmaRequest(
                        queue.prefix(), address, bytes, 0, bytes.length, OnFault.BLOCK, stream);
        DmaClient client =
                (nowPs, token, status, faultAddress) -> {
                    if (life == begunIn) {
                        queue.accessing(false);
                        then.ended(nowPs, status == DmaStatus.OK);
                    }
                };
        port.access(request, write, client, 0);
    }

    /** How an access for a queue has ended. */
    interface Outcome {
        void ended(long nowPs, boolean good);
    }
}
