package svasim.guest;

import svasim.cpu.Cpu;
import svasim.os.file.DeviceMapping;
import svasim.os.file.FileOperations;
import svasim.os.file.Job;
import svasim.os.file.JobResult;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * The file by which a virtual machine monitor holds its virtual machine: its opening makes it, its
 * release, when no virtual device holds it any more either, takes it apart. The only work that can
 * be submitted is to run the virtual cores.
 */
final class KvmFile implements FileOperations {
    /** Frames that one step pins or gives back: 2 MiB. */
    private static final int CHUNK = 512;

    private static final Procedure<Creation> CREATE =
            Procedure.<Creation>named("kvm_create_vm")
                    .sleeping("allocate VM", 20_000_000, Creation::begin)
                    .sleeping("pin guest memory", 40_000_000, Creation::pin)
                    .sleeping("create vCPUs", 30_000_000, Creation::end)
                    .build();

    private static final Procedure<KvmFile> START =
            Procedure.<KvmFile>named("kvm_vcpu_ioctl")
                    .sleeping("enter guest", 1_000_000, KvmFile::enter)
                    .build();

    private static final Procedure<Run> RUN =
            Procedure.<Run>named("vcpu_run")
                    .sleeping("KVM_RUN", 500_000, Run::look)
                    .sleeping("vcpu_put", 1_000_000, Run::leave)
                    .build();

    private static final Procedure<Destruction> DESTROY =
            Procedure.<Destruction>named("kvm_destroy_vm")
                    .sleeping("destroy vCPUs", 20_000_000, Destruction::stop)
                    .sleeping("free PASIDs", 2_000_000, Destruction::freeNumbers)
                    .sleeping("free second stages", 500_000, Destruction::freeStages)
                    .sleeping("unpin guest memory", 20_000_000, Destruction::unpin)
                    .sleeping("free VM", 10_000_000, Destruction::end)
                    .build();

    private final Guest guest;
    private OpenFile file;

    KvmFile(Guest guest) {
        this.guest = guest;
    }

    /** The file as it is open; null if it is not. */
    OpenFile file() {
        return file;
    }

    /** What the monitor submits to run the guest. */
    record KvmRun() {}

    @Override
    public String name() {
        return "kvm-" + guest.name();
    }

    @Override
    public Call<?> open(OpenFile opened) {
        return new Call<>(CREATE, new Creation(guest, opened, () -> file = opened));
    }

    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        mapping.refuse("the memory of a guest is not mapped");
        return Call.nothing();
    }

    @Override
    public Submission submit(OpenFile file, Work work) {
        work.as(KvmRun.class);
        return new Submission(new Call<>(START, this), new GuestRun(guest));
    }

    @Override
    public Call<?> release(OpenFile file) {
        return new Call<>(DESTROY, new Destruction(guest));
    }

    private Next enter(Cpu cpu) {
        guest.start();
        return Next.DONE;
    }

    private static final class Creation {
        private final Guest guest;
        private final OpenFile file;
        private final Runnable complete;
        private int pinned;

        Creation(Guest guest, OpenFile file, Runnable complete) {
            this.guest = guest;
            this.file = file;
            this.complete = complete;
        }

        Next begin(Cpu cpu) {
            if (guest.memory().fits()) {
                return Next.ON;
            }
            file.refuse("not enough memory for " + guest.name());
            return Next.DONE;
        }

        Next pin(Cpu cpu) {
            guest.memory().pin(pinned, CHUNK);
            pinned += CHUNK;
            return pinned < guest.memory().frames() ? Next.AGAIN : Next.ON;
        }

        Next end(Cpu cpu) {
            complete.run();
            GuestNumbers numbers = guest.numbers();
            return numbers == null ? Next.DONE : Next.call(numbers.open());
        }
    }

    private static final class Destruction {
        private final Guest guest;
        private int unpinned;

        Destruction(Guest guest) {
            this.guest = guest;
        }

        Next stop(Cpu cpu) {
            guest.stop();
            return Next.ON;
        }

        Next freeNumbers(Cpu cpu) {
            GuestNumbers numbers = guest.numbers();
            return numbers == null ? Next.ON : Next.call(numbers.close());
        }

        Next freeStages(Cpu cpu) {
            return Next.call(guest.stages().free());
        }

        Next unpin(Cpu cpu) {
            guest.memory().unpin(unpinned, CHUNK);
            unpinned += CHUNK;
            return unpinned < guest.memory().frames() ? Next.AGAIN : Next.ON;
        }

        Next end(Cpu cpu) {
            return Next.DONE;
        }
    }

    /** The virtual cores run; ends when the guest switches itself off. */
    private record GuestRun(Guest guest) implements Job {
        @Override
        public Call<?> await(Waiting thread) {
            return new Call<>(RUN, new Run(guest, thread));
        }

        @Override
        public JobResult result() {
            return guest.state() == Guest.State.OFF ? new JobResult("off", true, 0) : null;
        }
    }

    /** A signal takes the virtual cores out of the guest. */
    private record Run(Guest guest, Job.Waiting thread) {
        Next look(Cpu cpu) {
            boolean runs = guest.state() == Guest.State.RUNNING && !thread.signalPending();
            return runs ? Next.await(guest.halted()) : Next.ON;
        }

        Next leave(Cpu cpu) {
            guest.stop();
            return Next.DONE;
        }
    }
}
