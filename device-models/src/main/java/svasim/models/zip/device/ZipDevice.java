package svasim.models.zip.device;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.Words;
import svasim.models.zip.config.ZipConfig;
import svasim.models.zip.layout.Doorbell;
import svasim.models.zip.layout.Registers;
import svasim.pcie.endpoint.BarHandler;

/** The queue manager: mailbox, doorbells and queue pairs, with one engine behind them. */
public final class ZipDevice implements DeviceModel, BarHandler {
    private final List<QueuePair> queues = new ArrayList<>();
    private final Engine engine;
    private final Commands commands;

    public ZipDevice(ZipConfig config, DeviceHost host) {
        for (int number = 0; number < config.queuePairs(); number++) {
            queues.add(new QueuePair(number));
        }
        engine = new Engine(config, host, queues);
        commands = new Commands(host, queues, engine);
        host.function().barHandler(this);
    }

    @Override
    public void write(int bar, long offset, byte[] data, long nowPs) {
        if (data.length != Long.BYTES) {
            return;
        }
        long value = Words.u64(data, 0);
        switch ((int) offset) {
            case Registers.MAILBOX_HIGH -> commands.high(value);
            case Registers.MAILBOX -> commands.begin(value);
            case Registers.DOORBELL -> ring(Doorbell.of(value));
            default -> {}
        }
    }

    @Override
    public long read(int bar, long offset, int bytes, long nowPs) {
        return offset == Registers.MAILBOX ? commands.low() & (1L << 32) - 1 : 0;
    }

    @Override
    public void reset(long nowPs) {
        engine.reset();
        commands.reset();
        queues.forEach(QueuePair::reset);
    }

    @Override
    public List<String> waitingFor() {
        List<String> lines = new ArrayList<>();
        commands.waitingFor(lines);
        for (QueuePair queue : queues) {
            if (!queue.isIdle()) {
                lines.add(queue.toString());
            }
        }
        return lines;
    }

    /** What does not fit to the state of the queue is ignored. */
    private void ring(Doorbell doorbell) {
        if (doorbell.queue() >= queues.size()) {
            return;
        }
        QueuePair queue = queues.get(doorbell.queue());
        if (doorbell.command() == Doorbell.SQ) {
            queue.submitted(doorbell.index());
        } else if (doorbell.command() == Doorbell.CQ) {
            queue.consumed(doorbell.index());
        }
        engine.fetch();
    }
}
