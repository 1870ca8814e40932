package svasim.models.dsa.device;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Register;
import svasim.pcie.endpoint.BarHandler;
import svasim.pcie.tlp.CompletionStatus;
import svasim.stats.Counter;
import svasim.trace.Kind;

/** The device behind its function: registers in BAR0, portals in BAR2. */
public final class DsaDevice implements DeviceModel, BarHandler {
    private final DeviceHost host;
    private final int lane;
    private final DeviceState state;
    private final SoftwareError error = new SoftwareError();
    private final Registers registers;
    private final Engines engines;
    private final Commands commands;
    private final DsaConfig config;
    private final Interrupts interrupts;
    private final InterruptHandles handles;
    private final EventLog log;
    private final Reporter reporter;
    private final Counter accepted;
    private final Counter refused;
    private final List<Counter> retries = new ArrayList<>();

    public DsaDevice(DsaConfig config, DeviceHost host) {
        this.config = config;
        this.host = host;
        lane = host.trace().lane(host.name());
        state = new DeviceState(config);
        interrupts = new Interrupts(host.function());
        handles = new InterruptHandles(interrupts);
        log = new EventLog(host.function().dma(), interrupts::logged, this::halt);
        registers =
                new Registers(
                        config, state, error, new Registers.Signals(interrupts, handles, log));
        reporter = new Reporter(error, log, interrupts::errorReported);
        CompletionWriter writer = new CompletionWriter(host, reporter, handles);
        Admission admission = new Admission(config.version(), state, handles);
        engines = new Engines(config, host, state, admission, writer);
        commands =
                new Commands(
                        host.kernel(),
                        config.command().value(),
                        state,
                        engines,
                        handles,
                        interrupts::commandDone);
        registers.commands(commands);
        accepted = counter("portal.accepted", "descriptors that a work queue took");
        refused = counter("portal.refused", "descriptors that a work queue did not take");
        for (WorkQueue queue : state.queues()) {
            String name = "wq" + queue.index() + ".retries";
            retries.add(counter(name, "deferrable writes that were answered \"retry\""));
        }
        host.function().barHandler(this);
    }

    @Override
    public void write(int bar, long offset, byte[] data, long nowPs) {
        if (bar == Register.REGISTERS) {
            registers.write(offset, data);
        } else if (data.length == Descriptor.BYTES) {
            submit(nowPs, offset, new Descriptor(data.clone()));
        }
    }

    /** Portals read as ones. */
    @Override
    public long read(int bar, long offset, int bytes, long nowPs) {
        return bar == Register.REGISTERS ? registers.read(offset, bytes) : -1L;
    }

    @Override
    public void reset(long nowPs) {
        engines.reset(nowPs);
        commands.reset();
        state.reset();
        interrupts.reset();
        handles.reset();
        log.reset();
        error.clear(-1);
    }

    /** A hardware error; what was handed in is lost without a record. */
    private void halt() {
        if (!state.isHalted()) {
            long nowPs = host.kernel().nowPs();
            state.halt(config.haltReset());
            engines.abort(nowPs, work -> true);
            interrupts.halted();
        }
    }

    @Override
    public List<String> waitingFor() {
        List<String> lines = new ArrayList<>();
        engines.waitingFor(lines);
        if (commands.active() != null) {
            lines.add("command " + commands.active() + " is active");
        }
        return lines;
    }

    /** A deferrable write to anything but the portal of a shared queue is answered "retry" too. */
    @Override
    public CompletionStatus writeDeferrable(int bar, long offset, byte[] data, long nowPs) {
        boolean known = bar == Register.PORTALS && Register.queueOf(offset) < state.queues().size();
        if (!known) {
            return CompletionStatus.UNSUPPORTED_REQUEST;
        }
        WorkQueue queue = state.queues().get(Register.queueOf(offset));
        if (queue.acceptsDeferrable(Register.isLimited(offset))) {
            take(nowPs, queue, new Descriptor(data.clone()));
            return CompletionStatus.SUCCESS;
        }
        retries.get(queue.index()).increment();
        return CompletionStatus.REQUEST_RETRY;
    }

    /**
     * A descriptor arrives at a portal; any aligned place in the portal's page is the same. The BAR
     * may be larger than the portals: behind them nothing happens.
     */
    private void submit(long nowPs, long offset, Descriptor descriptor) {
        int index = Register.queueOf(offset);
        if (index >= state.queues().size()) {
            return;
        }
        WorkQueue queue = state.queues().get(index);
        if (queue.acceptsPosted()) {
            take(nowPs, queue, descriptor);
        } else {
            refused.increment();
            int pasid = queue.config().pasid();
            host.trace().tell(Kind.WORK_REFUSED, lane, pasid, index, state.nextWork());
            reporter.refused(index);
        }
    }

    private void take(long nowPs, WorkQueue queue, Descriptor descriptor) {
        accepted.increment();
        Work work = queue.accept(nowPs, state.nextWork(), descriptor);
        host.trace().tell(Kind.WORK_ACCEPTED, lane, work.pasid(), queue.index(), work.id());
        engines.dispatch(nowPs);
        if (config.haltAfter() != null && accepted.value() == config.haltAfter()) {
            halt();
        }
    }

    private Counter counter(String name, String description) {
        return host.statistics().counter(host.name() + "." + name, description);
    }
}
