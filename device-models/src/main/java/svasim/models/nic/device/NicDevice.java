package svasim.models.nic.device;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.Words;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.layout.QueueRegister;
import svasim.models.nic.layout.Registers;
import svasim.pcie.endpoint.BarHandler;
import svasim.stats.Counter;

/** A function of the card: queue pairs on the wire, which virtual functions share. */
public final class NicDevice implements DeviceModel, BarHandler, WireOwner {
    private final DeviceHost host;
    private final Wire wire;
    private final WireShare share;
    private final PacketBuffer buffer;
    private final List<QueuePair> queues = new ArrayList<>();

    public NicDevice(NicConfig config, DeviceHost host) {
        this.host = host;
        wire = Wire.of(config, host);
        share = wire.join(config);
        buffer = new PacketBuffer(config, host);
        QueuePair.Shared shared =
                new QueuePair.Shared(
                        config,
                        host,
                        buffer,
                        share,
                        counter("interrupts", "interrupts of all queue pairs"),
                        counter(
                                "completions.lost",
                                "completions that found no room in their ring"));
        for (int number = 0; number < config.queues(); number++) {
            queues.add(new QueuePair(number, shared));
        }
        buffer.whenRoom(() -> queues.forEach(QueuePair::changed));
        host.function().barHandler(this);
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public void write(int bar, long offset, byte[] data, long nowPs) {
        QueueRegister register = Registers.register(offset);
        int queue = Registers.queue(offset);
        if (register != null && queue < queues.size() && data.length == Long.BYTES) {
            queues.get(queue).write(register, Words.u64(data, 0));
        }
    }

    @Override
    public long read(int bar, long offset, int bytes, long nowPs) {
        QueueRegister register = Registers.register(offset);
        int queue = Registers.queue(offset);
        return register != null && queue < queues.size() ? queues.get(queue).read(register) : 0;
    }

    @Override
    public void reset(long nowPs) {
        share.reset();
        buffer.reset();
        queues.forEach(QueuePair::reset);
    }

    @Override
    public List<String> waitingFor() {
        return queues.stream().filter(queue -> !queue.isIdle()).map(QueuePair::toString).toList();
    }

    private Counter counter(String name, String description) {
        return host.statistics().counter(host.name() + "." + name, description);
    }
}
