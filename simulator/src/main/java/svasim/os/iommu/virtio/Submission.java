package svasim.os.iommu.virtio;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** viommu_send_req_sync: adds requests to the queue, tells the device, polls for the answers. */
final class Submission {
    private static final String ADD = "add requests";
    private static final int OK = 0;

    private static final Procedure<Submission> SEND =
            Procedure.<Submission>named("viommu_send_req_sync")
                    .step(ADD, 80_000, Submission::add)
                    .step("kick", 20_000, Submission::kick)
                    .step("poll used ring", 50_000, Submission::poll)
                    .step("read status", 20_000, Submission::readStatus)
                    .build();

    private final VirtQueue queue;
    private final List<Message> messages;
    private final List<Long> positions = new ArrayList<>();
    private int next;
    private int status = OK;

    Submission(VirtQueue queue, List<Message> messages) {
        this.queue = queue;
        this.messages = List.copyOf(messages);
    }

    Call<?> call() {
        return new Call<>(SEND, this);
    }

    private Next add(Cpu cpu) {
        queue.returned(cpu);
        positions.clear();
        for (; next < messages.size() && !queue.isFull(); next++) {
            Message message = messages.get(next);
            int answer = message.answer() + Message.TAIL;
            positions.add(queue.add(cpu, message.readable(), answer));
        }
        return messages.isEmpty() ? Next.DONE : positions.isEmpty() ? Next.AGAIN : Next.ON;
    }

    private Next kick(Cpu cpu) {
        queue.kick(cpu);
        return Next.ON;
    }

    private Next poll(Cpu cpu) {
        boolean done = queue.returned(cpu) > positions.get(positions.size() - 1);
        return done ? Next.ON : Next.AGAIN;
    }

    /** The first that is not OK stays. */
    private Next readStatus(Cpu cpu) {
        int first = next - positions.size();
        for (int i = 0; i < positions.size() && status == OK; i++) {
            int tail = messages.get(first + i).answer();
            long word = queue.answer(cpu, positions.get(i), tail & -Long.BYTES);
            status = (int) (word >>> (tail & Long.BYTES - 1) * Byte.SIZE) & 0xFF;
        }
        return next < messages.size() ? Next.jump(ADD) : Next.DONE;
    }

    /** Status of the first request that failed, 0 if none did; once the call is over. */
    int status() {
        return status;
    }

    /** A word of the answer to the only request, once the call is over. */
    long answer(Cpu cpu, int at) {
        return queue.answer(cpu, positions.get(0), at);
    }
}
