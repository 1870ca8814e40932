package svasim.models.nic.driver;

import svasim.cpu.Cpu;
import svasim.models.nic.layout.Completion;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Poll of a queue pair (NAPI): packets that were received are unmapped and go up the stack, and
 * other pages take their places in the ring; pages of packets that were sent are unmapped.
 */
final class NicPoll {
    /** Completions after which the card is told of new places. */
    private static final int BUDGET = 64;

    private static final String READ = "read completion";
    private static final String RING = "ring doorbells";
    private static final String DONE = "page done";
    private static final String REFILL = "refill";

    private static final Procedure<NicPoll> POLL =
            Procedure.<NicPoll>named("nic_poll")
                    .sleeping(READ, 30_000, NicPoll::read)
                    .sleeping("dma_unmap_page", 10_000, NicPoll::unmap)
                    .sleeping("pass up", 10_000, NicPoll::passUp)
                    .sleeping(DONE, 20_000, NicPoll::done)
                    .sleeping(REFILL, 30_000, NicPoll::allocate)
                    .sleeping("dma_map_page", 10_000, NicPoll::map)
                    .sleeping("post", 10_000, NicPoll::post)
                    .sleeping("next", 1_000, (frame, cpu) -> Next.jump(READ))
                    .sleeping(RING, 20_000, NicPoll::ring)
                    .sleeping("look once more", 10_000, NicPoll::again)
                    .build();

    private final NicQueue queue;
    private Completion completion;
    private PacketPage page;
    private PacketPage fresh;
    private long beganPs;
    private int budget = BUDGET;

    private NicPoll(NicQueue queue) {
        this.queue = queue;
    }

    static Call<?> call(NicQueue queue) {
        return new Call<>(POLL, new NicPoll(queue));
    }

    private Next read(Cpu cpu) {
        completion = budget == 0 ? null : queue.nextCompletion(cpu);
        if (completion == null) {
            return Next.jump(RING);
        }
        budget--;
        page = queue.remove(completion);
        beganPs = cpu.nowPs();
        return Next.ON;
    }

    private Next unmap(Cpu cpu) {
        return Next.call(queue.pages().unmap(page));
    }

    private Next passUp(Cpu cpu) {
        queue.driver().statistics().unmapped(cpu.nowPs() - beganPs);
        if (completion.received()) {
            cpu.spend(queue.driver().config().stack().value());
            if (queue.job() != null) {
                queue.job().received(cpu, page, completion);
            }
        } else if (queue.job() != null) {
            queue.job().sent(completion);
        }
        return Next.ON;
    }

    private Next done(Cpu cpu) {
        queue.pages().give(page);
        queue.progress().wakeAll();
        return completion.received() ? Next.ON : Next.jump(READ);
    }

    /** Without memory the ring stays shorter by one. */
    private Next allocate(Cpu cpu) {
        fresh = queue.pages().take();
        beganPs = cpu.nowPs();
        return fresh == null ? Next.jump(READ) : Next.ON;
    }

    private Next map(Cpu cpu) {
        return Next.call(queue.pages().map(fresh));
    }

    private Next post(Cpu cpu) {
        if (fresh.isMapped()) {
            queue.driver().statistics().mapped(cpu.nowPs() - beganPs);
            queue.postReceive(cpu, fresh);
        } else {
            queue.pages().give(fresh);
        }
        return Next.ON;
    }

    private Next ring(Cpu cpu) {
        queue.acknowledge(cpu);
        queue.progress().wakeAll();
        boolean more = budget == 0;
        budget = BUDGET;
        return more ? Next.jump(READ) : Next.ON;
    }

    /** What has come meanwhile makes an interrupt at once. */
    private Next again(Cpu cpu) {
        queue.polled();
        queue.arm(cpu);
        return Next.DONE;
    }
}
