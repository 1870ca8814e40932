package svasim.models.nic.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.layout.Completion;
import svasim.models.nic.layout.Descriptor;
import svasim.models.nic.layout.QueueRegister;
import svasim.models.nic.traffic.Payload;
import svasim.os.procedure.Call;
import svasim.os.procedure.WaitQueue;
import svasim.os.task.WorkQueue;

/** A queue pair as the driver knows it: rings, the pages in them, and who polls. */
final class NicQueue {
    private final NicDriver driver;
    private final int number;
    private final QueueMemory memory;
    private final PacketPages pages;
    private final PacketPage[] transmitting;
    private final PacketPage[] receiving;
    private final WorkQueue poller;
    private final WaitQueue progress;
    private long transmitTail;
    private long transmitted;

    /** Transmit completions that the card knows to have been read. */
    private long acknowledged;

    private long receiveTail;
    private long completionHead;
    private boolean polling;
    private boolean closing;
    private NicJob job;

    NicQueue(NicDriver driver, int number) {
        this.driver = driver;
        this.number = number;
        NicConfig config = driver.config();
        String name = driver.name() + "_queue" + number;
        memory = new QueueMemory(driver.host(), config.ring());
        pages =
                new PacketPages(
                        driver.host(),
                        config.mapping() == NicConfig.Mapping.POOL,
                        config.together());
        transmitting = new PacketPage[config.ring()];
        receiving = new PacketPage[config.ring()];
        poller = new WorkQueue(name, 1, driver.host().platform().scheduler());
        progress = new WaitQueue("packets of " + name);
    }

    NicDriver driver() {
        return driver;
    }

    QueueMemory memory() {
        return memory;
    }

    PacketPages pages() {
        return pages;
    }

    WorkQueue poller() {
        return poller;
    }

    /** Woken when packets have ended. */
    WaitQueue progress() {
        return progress;
    }

    int entries() {
        return receiving.length;
    }

    /** The traffic that was asked for last, or null. */
    NicJob job() {
        return job;
    }

    void job(NicJob begun) {
        job = begun;
    }

    /** The interrupt: polling begins unless it has begun. */
    void interrupt(long nowPs) {
        if (!polling && !closing) {
            polling = true;
            poller.add(NicPoll.call(this));
        }
    }

    /** Polling has come to an end. */
    void polled() {
        polling = false;
        progress.wakeAll();
    }

    /** Nothing is to be polled any more. */
    void close() {
        closing = true;
    }

    /** Writes where things are to the card, which starts; traffic of an earlier file is over. */
    void start(Cpu cpu) {
        closing = false;
        job = null;
        transmitTail = 0;
        transmitted = 0;
        acknowledged = 0;
        completionHead = 0;
        memory.clear(cpu);
        Interrupts.Message message = driver.message(number);
        write(cpu, QueueRegister.TRANSMIT_BASE, memory.transmitBase());
        write(cpu, QueueRegister.RECEIVE_BASE, memory.receiveBase());
        write(cpu, QueueRegister.COMPLETION_BASE, memory.completionBase());
        write(cpu, QueueRegister.ENTRIES, entries());
        write(cpu, QueueRegister.MESSAGE_ADDRESS, message.address());
        write(cpu, QueueRegister.MESSAGE_DATA, message.data());
        cpu.storeBarrier();
        write(cpu, QueueRegister.CONTROL, QueueRegister.START);
        write(cpu, QueueRegister.RECEIVE_TAIL, receiveTail);
        arm(cpu);
    }

    /** Puts a page, which is mapped, at the tail of the receive ring. */
    void postReceive(Cpu cpu, PacketPage page) {
        int index = (int) (receiveTail++ % entries());
        receiving[index] = page;
        memory.receive(cpu, index, new Descriptor(page.iova(), Payload.MOST_BYTES));
    }

    /** The receive ring is empty from here on. */
    void clearReceive() {
        receiveTail = 0;
    }

    /** Whether another packet has place, and its completion too. */
    boolean hasRoom() {
        return transmitTail - acknowledged < entries();
    }

    /** Puts a page with a packet at the tail of the transmit ring, and tells the card. */
    void postTransmit(Cpu cpu, PacketPage page, int bytes) {
        int index = (int) (transmitTail++ % entries());
        transmitting[index] = page;
        memory.transmit(cpu, index, new Descriptor(page.iova(), bytes));
        cpu.storeBarrier();
        write(cpu, QueueRegister.TRANSMIT_TAIL, transmitTail);
    }

    /** The next completion, or null. */
    Completion nextCompletion(Cpu cpu) {
        Completion next = memory.completion(cpu, completionHead);
        completionHead += next == null ? 0 : 1;
        return next;
    }

    /** The page of a completion, which leaves its ring. */
    PacketPage remove(Completion completion) {
        PacketPage[] ring = completion.received() ? receiving : transmitting;
        PacketPage page = ring[completion.index()];
        ring[completion.index()] = null;
        transmitted += completion.received() ? 0 : 1;
        return page;
    }

    /** Tells the card of completions that were read, and then of new places for packets. */
    void acknowledge(Cpu cpu) {
        acknowledged = transmitted;
        cpu.storeBarrier();
        write(cpu, QueueRegister.COMPLETION_HEAD, completionHead);
        write(cpu, QueueRegister.RECEIVE_TAIL, receiveTail);
    }

    /** Lets the card interrupt again. */
    void arm(Cpu cpu) {
        write(cpu, QueueRegister.COMPLETION_HEAD, completionHead | QueueRegister.ARM);
    }

    /** All pages that are in rings or spare; the rings are empty then. */
    List<PacketPage> takeAll() {
        List<PacketPage> all = new ArrayList<>(pages.drain());
        for (PacketPage[] ring : List.of(transmitting, receiving)) {
            for (int index = 0; index < ring.length; index++) {
                if (Objects.nonNull(ring[index])) {
                    all.add(ring[index]);
                    ring[index] = null;
                }
            }
        }
        return all;
    }

    Call<?> flushPolling() {
        return poller.flush();
    }

    long read(Cpu cpu, QueueRegister register) {
        return driver.read(cpu, number, register);
    }

    void write(Cpu cpu, QueueRegister register, long value) {
        driver.write(cpu, number, register, value);
    }
}
