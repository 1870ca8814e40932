package svasim.models.nic.rdma.card;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import svasim.device.BufferAccess;
import svasim.device.DeviceHost;
import svasim.device.DeviceModel;
import svasim.device.Words;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.device.Wire;
import svasim.models.nic.device.WireOwner;
import svasim.models.nic.device.WireShare;
import svasim.models.nic.rdma.layout.CardRegister;
import svasim.models.nic.rdma.layout.MessageRegister;
import svasim.pcie.endpoint.BarHandler;

/** A function of the card with on-demand paging: queues of messages, regions, events, commands. */
public final class RdmaCard implements DeviceModel, BarHandler, WireOwner {
    private final Wire wire;
    private final WireShare share;
    private final BufferAccess memory;
    private final Regions regions = new Regions();
    private final Tables tables;
    private final Events events;
    private final Commands commands;
    private final List<MessageQueue> queues = new ArrayList<>();
    private final long[] values = new long[CardRegister.values().length];

    public RdmaCard(NicConfig config, DeviceHost host) {
        wire = Wire.of(config, host);
        share = wire.join(config);
        memory = new BufferAccess(host.function().dma(), config.queues());
        tables =
                new Tables(
                        memory,
                        config.onDemand().cache(),
                        host.statistics()
                                .counter(
                                        host.name() + ".odp.table.loads",
                                        "entries of the card's table that were read from memory"));
        events = new Events(config.onDemand(), host, memory);
        commands = new Commands(config.onDemand(), host, memory, regions, tables, events);
        MessageQueue.Shared shared =
                new MessageQueue.Shared(
                        config,
                        host,
                        share,
                        regions,
                        tables,
                        events,
                        commands,
                        new MessageStatistics(host));
        for (int number = 0; number < config.queues(); number++) {
            queues.add(new MessageQueue(number, shared));
        }
        host.function().barHandler(this);
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public void write(int bar, long offset, byte[] data, long nowPs) {
        if (data.length != Long.BYTES) {
            return;
        }
        long value = Words.u64(data, 0);
        int queue = MessageRegister.queue(offset);
        CardRegister card = CardRegister.at(offset);
        MessageRegister register = MessageRegister.at(offset);
        if (register != null && queue < queues.size()) {
            queues.get(queue).write(register, value);
        } else if (card != null) {
            write(card, value);
        }
    }

    private void write(CardRegister register, long value) {
        values[register.ordinal()] = value;
        switch (register) {
            case EVENT_ENTRIES -> events.place(value(CardRegister.EVENT_BASE), value);
            case MESSAGE_DATA -> events.message(value(CardRegister.MESSAGE_ADDRESS), (int) value);
            case COMMAND_ENTRIES -> commands.place(value(CardRegister.COMMAND_BASE), value);
            case COMMAND_TAIL -> commands.tail(value);
            default -> {}
        }
    }

    @Override
    public long read(int bar, long offset, int bytes, long nowPs) {
        int queue = MessageRegister.queue(offset);
        MessageRegister register = MessageRegister.at(offset);
        if (register != null && queue < queues.size()) {
            return queues.get(queue).read(register);
        }
        CardRegister card = CardRegister.at(offset);
        if (card == CardRegister.COMMAND_DONE) {
            return commands.done();
        }
        return card == null ? 0 : value(card);
    }

    @Override
    public void reset(long nowPs) {
        memory.forget();
        Arrays.fill(values, 0);
        share.reset();
        queues.forEach(MessageQueue::reset);
        commands.reset();
        events.reset();
        tables.reset();
        regions.reset();
    }

    @Override
    public List<String> waitingFor() {
        List<String> all = new ArrayList<>();
        queues.stream()
                .filter(queue -> !queue.isIdle())
                .forEach(queue -> all.add(queue.toString()));
        if (!commands.isIdle()) {
            all.add("a command after " + commands.done() + " others");
        }
        return all;
    }

    private long value(CardRegister register) {
        return values[register.ordinal()];
    }
}
