package svasim.models.dsa;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.pcie.endpoint.BarHandler;
import svasim.stats.Counter;
import svasim.trace.Kind;

/** The device behind its function: registers in BAR0, portals in BAR2. */
final class DsaDevice implements DeviceModel, BarHandler {
    static final int REGISTERS = 0;
    static final int PORTALS = 2;

    private final DeviceHost host;
    private final int lane;
    private final DeviceState state;
    private final SoftwareError error = new SoftwareError();
    private final Registers registers;
    private final Group group;
    private final Commands commands;
    private final Counter accepted;
    private final Counter refused;

    DsaDevice(DsaConfig config, DeviceHost host) {
        this.host = host;
        lane = host.trace().lane(host.name());
        state = new DeviceState(config);
        registers = new Registers(config, state, error, host.function());
        CompletionWriter writer = new CompletionWriter(host, error, registers::errorReported);
        group = new Group(config, host, state, writer);
        commands =
                new Commands(
                        host.kernel(),
                        config.command().value(),
                        state,
                        group,
                        registers::commandDone);
        registers.commands(commands);
        accepted = counter("portal.accepted", "descriptors that a work queue took");
        refused = counter("portal.refused", "descriptors that a work queue did not take");
        host.function().barHandler(this);
    }

    @Override
    public void write(int bar, long offset, byte[] data, long nowPs) {
        if (bar == REGISTERS) {
            registers.write(offset, data);
        } else if (data.length == Descriptor.BYTES) {
            submit(nowPs, offset, new Descriptor(data.clone()));
        }
    }

    /** Portals read as ones. */
    @Override
    public long read(int bar, long offset, int bytes, long nowPs) {
        return bar == REGISTERS ? registers.read(offset, bytes) : -1L;
    }

    @Override
    public void reset(long nowPs) {
        host.function().reset();
        group.abort(nowPs, work -> true);
        commands.reset();
        state.reset();
        registers.reset();
    }

    @Override
    public List<String> waitingFor() {
        List<String> lines = new ArrayList<>();
        group.waitingFor(lines);
        if (commands.active() != null) {
            lines.add("command " + commands.active() + " is active");
        }
        return lines;
    }

    /**
     * A descriptor arrives at a portal; any aligned place in the portal's page is the same. The BAR
     * may be larger than the portals: behind them nothing happens.
     */
    private void submit(long nowPs, long offset, Descriptor descriptor) {
        int index = (int) (offset / (Register.PORTAL_PAGES * Register.PORTAL_BYTES));
        if (index >= state.queues().size()) {
            return;
        }
        WorkQueue queue = state.queues().get(index);
        long id = state.nextWork();
        if (queue.accepts()) {
            accepted.increment();
            Work work = queue.accept(nowPs, id, descriptor);
            host.trace().tell(Kind.WORK_ACCEPTED, lane, work.pasid(), index, id);
            group.dispatch(nowPs);
        } else {
            refused.increment();
            host.trace().tell(Kind.WORK_REFUSED, lane, queue.config().pasid(), index, id);
            error.refused(index, Status.HARDWARE_ERROR);
            registers.errorReported();
        }
    }

    private Counter counter(String name, String description) {
        return host.statistics().counter(host.name() + "." + name, description);
    }
}
