package svasim.models.rogue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import svasim.device.DeviceHost;
import svasim.device.RegisterDevice;
import svasim.kernel.EventHandler;
import svasim.pcie.endpoint.DmaStatus;
import svasim.stats.Counter;

/**
 * The hardware. The attacker's buffer it reaches as it should, by its DMA engine; the rest goes
 * past that. What it has begun to do by itself, no reset ends.
 */
final class RogueDevice extends RegisterDevice implements EventHandler {
    /** What it sends when it cannot reach the attacker's buffer. */
    private static final byte OWN_BYTE = (byte) 0xEE;

    private final RawPort port;
    private final Page page;
    private final KeptTranslation kept;
    private final long intervalPs;
    private final Counter leaked;
    private Order order;

    /** What is written again and again, and how often still. */
    private byte[] repeated = new byte[0];

    RogueDevice(RogueConfig config, DeviceHost host) {
        super(host, Register.values().length);
        port = new RawPort(host, config);
        page = new Page(port);
        kept = new KeptTranslation(port);
        intervalPs = config.interval().value();
        leaked =
                host.statistics()
                        .counter(host.name() + ".leaked", "bytes read that were not for it");
        set(Register.STATUS.offset(), Outcome.SENT.register());
    }

    @Override
    protected void written(int register) {
        if (register == Register.ATTACK.offset()
                && value(Register.ATTACK) < Attack.values().length) {
            set(Register.STATUS.offset(), Register.BUSY);
            order = order();
            begin();
        }
    }

    @Override
    public void reset(long nowPs) {
        super.reset(nowPs);
        port.forget();
        set(Register.STATUS.offset(), Outcome.SENT.register());
    }

    @Override
    public List<String> waitingFor() {
        return value(Register.STATUS) == Register.BUSY
                ? List.of("attack " + order.attack())
                : List.of();
    }

    private Order order() {
        long requester = value(Register.REQUESTER);
        return new Order(
                Attack.of(value(Register.ATTACK)),
                value(Register.WRITES) != 0,
                (int) value(Register.PASID),
                value(Register.BUFFER),
                (int) Math.min(value(Register.BYTES), Page.BYTES),
                value(Register.FROM),
                value(Register.SIZE),
                requester == Register.OWN ? port.requesterId() : (int) requester,
                (int) value(Register.COUNT));
    }

    private long value(Register register) {
        return get(register.offset());
    }

    private void begin() {
        switch (order.attack()) {
            case NONE -> copy();
            case FORGED_TRANSLATION -> search();
            case FOREIGN_PASID ->
                    withPayload(payload -> tryPasid(1, payload, Outcome.NOTHING_FOUND));
            case KEEP_TRANSLATION -> kept.ask(order, outcome -> end(outcome, 0));
            case STALE_TRANSLATION -> useKept();
            case IGNORED_INVALIDATIONS -> behave(RawPort.Manner.DEAF);
            case EARLY_ANSWERS -> behave(RawPort.Manner.HASTY);
            case FORGED_COMPLETIONS -> withPayload(this::answerForOthers);
            case AFTER_RESET -> withPayload(this::repeat);
            case PAGE_REQUEST_FLOOD, FORGED_INVALIDATION_COMPLETIONS, STRAY_PACKETS -> fire();
        }
    }

    private void fire() {
        Volley volley = new Volley(port, order);
        switch (order.attack()) {
            case PAGE_REQUEST_FLOOD ->
                    volley.pageRequests(Math.max(1, value(Register.BYTES) / Page.BYTES));
            case FORGED_INVALIDATION_COMPLETIONS -> volley.invalidateCompletions();
            default -> volley.strayPackets();
        }
        end(Outcome.SENT, 0);
    }

    private void end(Outcome outcome, long bytes) {
        set(Register.STATUS.offset(), outcome.register());
        set(Register.DONE.offset(), bytes);
    }

    private void behave(RawPort.Manner manner) {
        port.manner(manner, order.count());
        end(Outcome.SENT, 0);
    }

    private void copy() {
        byte[] own = new byte[order.bytes()];
        read(
                order.pasid(),
                order.buffer(),
                own,
                status -> {
                    if (status == DmaStatus.OK) {
                        give(own);
                    } else {
                        end(Outcome.OWN_BUFFER, 0);
                    }
                });
    }

    private void search() {
        Search search =
                new Search(
                        port,
                        order.from() + order.size(),
                        (outcome, found) -> {
                            if (found == null) {
                                end(outcome, 0);
                            } else {
                                strike(found);
                            }
                        });
        search.from(Target.physical(order.requester(), order.from()));
    }

    /** Takes a page into the attacker's buffer, or overwrites it. */
    private void strike(Target target) {
        if (order.writes()) {
            withPayload(
                    payload -> {
                        page.write(target, payload);
                        end(Outcome.SENT, payload.length);
                    });
        } else {
            byte[] loot = new byte[order.bytes()];
            page.read(target, loot, outcome -> taken(loot, outcome));
        }
    }

    private void taken(byte[] loot, Outcome outcome) {
        if (outcome != Outcome.DATA) {
            end(outcome, 0);
            return;
        }
        leaked.add(loot.length);
        give(loot);
    }

    private void give(byte[] data) {
        write(
                order.pasid(),
                order.buffer(),
                data,
                status ->
                        end(
                                status == DmaStatus.OK ? Outcome.DATA : Outcome.OWN_BUFFER,
                                data.length));
    }

    private void withPayload(Consumer<byte[]> then) {
        byte[] payload = new byte[order.bytes()];
        read(
                order.pasid(),
                order.buffer(),
                payload,
                status -> {
                    if (status != DmaStatus.OK) {
                        Arrays.fill(payload, OWN_BYTE);
                    }
                    then.accept(payload);
                });
    }

    /**
     * Every process has its first buffer at the same address, as without randomisation.
     *
     * @param before what became of the try before
     */
    private void tryPasid(int pasid, byte[] payload, Outcome before) {
        boolean own = pasid == order.pasid() && order.requester() == port.requesterId();
        Target target = Target.virtual(order.requester(), order.buffer(), pasid);
        if (pasid > order.count()) {
            end(before, 0);
        } else if (own) {
            tryPasid(pasid + 1, payload, before);
        } else if (order.writes()) {
            page.write(target, payload);
            tryPasid(pasid + 1, payload, Outcome.SENT);
        } else {
            port.ask(
                    tag -> target.read(tag, Page.PIECE),
                    answer -> {
                        if (answer.outcome() == Outcome.DATA) {
                            strike(target);
                        } else {
                            tryPasid(pasid + 1, payload, answer.outcome());
                        }
                    });
        }
    }

    private void useKept() {
        if (kept.isKept()) {
            strike(kept.target(order.requester()));
        } else {
            end(Outcome.NOTHING_FOUND, 0);
        }
    }

    private void answerForOthers(byte[] payload) {
        new Volley(port, order).completions(payload);
        end(Outcome.SENT, 0);
    }

    /** At the kept physical address if there is one, else at the address of the process. */
    private void repeat(byte[] payload) {
        repeated = payload;
        host().kernel().after(intervalPs, this, 0, order.count());
        end(Outcome.SENT, payload.length);
    }

    @Override
    public void handle(long nowPs, int kind, long left) {
        page.write(
                kept.isKept()
                        ? kept.target(order.requester())
                        : Target.virtual(order.requester(), order.buffer(), order.pasid()),
                repeated);
        if (left > 1) {
            host().kernel().after(intervalPs, this, 0, left - 1);
        }
    }
}
