package svasim.models.nic.rdma.card;

import svasim.device.BufferAccess;
import svasim.device.DeviceHost;
import svasim.device.DeviceTable;
import svasim.kernel.EventHandler;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.rdma.layout.Command;
import svasim.pcie.tlp.PasidPrefix;

/** Does what the ring of commands asks for, one after the other. */
final class Commands implements EventHandler {
    private static final long NO_RING = -1;

    private final OnDemandConfig config;
    private final DeviceHost host;
    private final BufferAccess memory;
    private final Regions regions;
    private final Tables tables;
    private final Events events;
    private long base;
    private long entries;
    private long tail;
    private long done;
    private boolean busy;
    private Command command;
    private byte[] list;

    /** Waits until no access uses what was removed. */
    private Region draining;

    /** Counts resets. */
    private int life;

    Commands(
            OnDemandConfig config,
            DeviceHost host,
            BufferAccess memory,
            Regions regions,
            Tables tables,
            Events events) {
        this.config = config;
        this.host = host;
        this.memory = memory;
        this.regions = regions;
        this.tables = tables;
        this.events = events;
    }

    void place(long ringBase, long ringEntries) {
        base = ringBase;
        entries = ringEntries;
        tail = 0;
        done = 0;
    }

    /** Software has written so many; a number that cannot be is ignored. */
    void tail(long written) {
        if (written > tail && written - done <= entries) {
            tail = written;
            next();
        }
    }

    /** Commands that were done; all ones without a ring. */
    long done() {
        return entries == 0 ? NO_RING : done;
    }

    boolean isIdle() {
        return !busy;
    }

    /** An access is over. */
    void accessOver() {
        if (draining != null && !draining.table().isUsedStill()) {
            if (command.opcode() == Command.Opcode.DESTROY) {
                regions.remove(draining);
            }
            draining = null;
            end();
        }
    }

    void reset() {
        life++;
        busy = false;
        draining = null;
        place(0, 0);
    }

    private void next() {
        if (busy || done == tail) {
            return;
        }
        busy = true;
        byte[] entry = new byte[Command.BYTES];
        memory.read(
                PasidPrefix.NONE,
                base + done % entries * Command.BYTES,
                entry,
                status -> read(Command.of(entry)));
    }

    private void read(Command next) {
        command = next;
        boolean sets = command.opcode() == Command.Opcode.SET;
        boolean possible = command.bytes() > 0 && command.bytes() <= DeviceTable.PAGE / Long.BYTES;
        if (sets && possible) {
            list = new byte[(int) command.bytes() * Long.BYTES];
            memory.read(PasidPrefix.NONE, command.list(), list, status -> take());
        } else if (command.opcode() == Command.Opcode.RESUME) {
            events.resume(command.detail(), command.error());
            end();
        } else {
            list = new byte[0];
            take();
        }
    }

    /** The firmware takes its time. */
    private void take() {
        host.kernel().after(config.update().value(), this, 0, life);
    }

    @Override
    public void handle(long nowPs, int kind, long begunIn) {
        if (begunIn == life) {
            execute();
        }
    }

    private void execute() {
        Region region = regions.at(command.key());
        if (command.opcode() == Command.Opcode.CREATE && region == null) {
            create();
        } else if (region == null) {
            end();
        } else {
            change(region);
        }
    }

    private void create() {
        long start = command.address();
        boolean whole = (start | command.bytes()) % DeviceTable.PAGE == 0;
        if (whole && command.bytes() > 0) {
            regions.add(
                    new Region(
                            command.key(),
                            command.detail(),
                            start,
                            command.bytes(),
                            command.list(),
                            new DeviceTable<>()));
        }
        end();
    }

    private void change(Region region) {
        long start = command.address() & -DeviceTable.PAGE;
        switch (command.opcode()) {
            case SET -> {
                long bytes = command.bytes() * DeviceTable.PAGE;
                if (list.length > 0 && region.contains(start, bytes)) {
                    tables.set(region, start, list, this::end);
                } else {
                    end();
                }
            }
            case REMOVE -> {
                if (region.contains(start, command.bytes())) {
                    remove(region, start, start + command.bytes());
                } else {
                    end();
                }
            }
            case DESTROY -> remove(region, region.start(), region.start() + region.bytes());
            default -> end();
        }
    }

    private void remove(Region region, long start, long end) {
        tables.remove(
                region,
                start,
                end,
                () -> {
                    draining = region;
                    accessOver();
                });
    }

    private void end() {
        done++;
        busy = false;
        next();
    }
}
