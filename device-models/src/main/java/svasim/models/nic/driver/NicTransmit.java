package svasim.models.nic.driver;

import svasim.cpu.Cpu;
import svasim.models.nic.config.NicWork;
import svasim.models.nic.layout.QueueRegister;
import svasim.os.file.Job;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Starts traffic: tells the peer to send, or sends packet by packet when they are meant to go. */
final class NicTransmit {
    private static final String TURN = "await turn";
    private static final String ROOM = "await room";

    private static final Procedure<NicTransmit> PEER =
            Procedure.<NicTransmit>named("nic_peer")
                    .sleeping("start peer", 100_000, NicTransmit::startPeer)
                    .build();

    private static final Procedure<NicTransmit> SEND =
            Procedure.<NicTransmit>named("nic_xmit")
                    .sleeping("begin", 50_000, NicTransmit::begin)
                    .sleeping(TURN, 20_000, NicTransmit::awaitTurn)
                    .sleeping(ROOM, 10_000, NicTransmit::awaitRoom)
                    .sleeping("allocate page", 50_000, NicTransmit::allocate)
                    .sleeping("fill", 20_000, NicTransmit::fill)
                    .sleeping("dma_map_page", 10_000, NicTransmit::map)
                    .sleeping("post", 20_000, NicTransmit::post)
                    .sleeping("next packet", 1_000, (frame, cpu) -> Next.jump(TURN))
                    .build();

    private final NicJob job;
    private final Job.Waiting thread;
    private final NicQueue queue;
    private final NicWork work;
    private long number;
    private PacketPage page;
    private long intendedPs;
    private long beganPs;
    private boolean planned;

    private NicTransmit(NicJob job, Job.Waiting thread) {
        this.job = job;
        this.thread = thread;
        this.queue = job.queue();
        this.work = job.work();
    }

    /**
     * @param thread who sends; a signal for it ends the traffic between two packets
     */
    static Call<?> call(NicJob job, Job.Waiting thread) {
        boolean peer = job.work().op() == NicWork.Operation.RECEIVE;
        return new Call<>(peer ? PEER : SEND, new NicTransmit(job, thread));
    }

    private Next startPeer(Cpu cpu) {
        if (!job.begin(cpu)) {
            return Next.DONE;
        }
        long depth = work.depth() == null ? queue.entries() : work.depth();
        queue.write(cpu, QueueRegister.PEER_SHAPE, shape());
        queue.write(cpu, QueueRegister.PEER_INTERVAL, work.pattern().intervalPs());
        queue.write(cpu, QueueRegister.PEER_DEPTH, depth);
        queue.write(cpu, QueueRegister.PEER_COUNT, work.count());
        return Next.DONE;
    }

    private long shape() {
        return work.size().bytes()
                | (long) work.arrivals().ordinal() << QueueRegister.KIND_SHIFT
                | (long) work.burst() << QueueRegister.BURST_SHIFT;
    }

    private Next begin(Cpu cpu) {
        intendedPs = cpu.nowPs();
        return job.begin(cpu) ? Next.ON : Next.DONE;
    }

    private Next awaitTurn(Cpu cpu) {
        if (number == work.count() || thread.signalPending()) {
            return Next.DONE;
        }
        if (work.pattern().isClosed()) {
            boolean full = work.depth() != null && job.underWay() >= work.depth();
            intendedPs = cpu.nowPs();
            return full ? Next.await(queue.progress()) : Next.ON;
        }
        if (!planned) {
            intendedPs += work.pattern().gapPs(number, job.random());
            planned = true;
        }
        return intendedPs > cpu.nowPs() ? Next.sleep(intendedPs - cpu.nowPs()) : Next.ON;
    }

    private Next awaitRoom(Cpu cpu) {
        return queue.hasRoom() ? Next.ON : Next.await(queue.progress());
    }

    private Next allocate(Cpu cpu) {
        page = queue.pages().take();
        if (page == null) {
            job.fail("no memory for a packet");
            return Next.DONE;
        }
        return Next.ON;
    }

    private Next fill(Cpu cpu) {
        page.fill(cpu, number, intendedPs, (int) work.size().bytes());
        beganPs = cpu.nowPs();
        return Next.ON;
    }

    private Next map(Cpu cpu) {
        return Next.call(queue.pages().map(page));
    }

    private Next post(Cpu cpu) {
        if (!page.isMapped()) {
            queue.pages().give(page);
            job.fail("no address for a packet");
            return Next.DONE;
        }
        queue.driver().statistics().mapped(cpu.nowPs() - beganPs);
        queue.postTransmit(cpu, page, (int) work.size().bytes());
        job.posted();
        number++;
        planned = false;
        return Next.ON;
    }
}
