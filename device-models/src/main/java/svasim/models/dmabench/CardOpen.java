package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.device.DriverStyle;
import svasim.os.defect.Defect;
import svasim.os.file.OpenFile;
import svasim.os.iommu.DmaApi;
import svasim.os.iommu.DmaBuffer;
import svasim.os.iommu.FeatureSubset;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.os.sva.BindRequest;
import svasim.os.sva.DomainAttachment;

/** Gives the card to a file: memory of the DMA API, or the opener's address space. */
final class CardOpen {
    private static final int SMALL_PAGE_SHIFT = 12;
    private static final String GIVE_BACK = "give window back";

    private static final Procedure<CardOpen> OPEN =
            Procedure.<CardOpen>named("dma_bench_open")
                    .sleeping("take card", 50_000, CardOpen::take)
                    .sleeping("get window", 50_000, CardOpen::getWindow)
                    .sleeping("check window", 20_000, CardOpen::check)
                    .sleeping("map queues", 50_000, CardOpen::mapQueues)
                    .step("publish context", 50_000, CardOpen::publish)
                    .sleeping(GIVE_BACK, 50_000, CardOpen::giveBack)
                    .step("give card back", 50_000, CardOpen::giveCard)
                    .build();

    private static final Procedure<CardOpen> OPEN_WITH_DOMAIN =
            Procedure.<CardOpen>named("dma_bench_open_domain")
                    .sleeping("take card", 50_000, CardOpen::take)
                    .sleeping("get domain", 20_000, CardOpen::getDomain)
                    .sleeping("open", 20_000, CardOpen::openInDomain)
                    .build();

    private static final Procedure<CardOpen> OPEN_FOR_PROCESS =
            Procedure.<CardOpen>named("kfd_open")
                    .sleeping("drain cleanup work", 50_000, CardOpen::drainCleanup)
                    .sleeping("find or create process", 50_000, CardOpen::findProcess)
                    .build();

    private final DmaBenchDriver driver;
    private final OpenFile file;
    private final CardContext context = new CardContext();
    private BindRequest request;

    private CardOpen(DmaBenchDriver driver, OpenFile file) {
        this.driver = driver;
        this.file = file;
    }

    static Call<?> call(DmaBenchDriver driver, OpenFile file) {
        return new Call<>(procedure(driver), new CardOpen(driver, file));
    }

    private static Procedure<CardOpen> procedure(DmaBenchDriver driver) {
        if (driver.subset() == FeatureSubset.AUXILIARY) {
            return OPEN_WITH_DOMAIN;
        }
        return driver.style() == DriverStyle.AMDKFD ? OPEN_FOR_PROCESS : OPEN;
    }

    /** A program that was executed anew must not meet what its predecessor has left. */
    private Next drainCleanup(Cpu cpu) {
        return Next.call(driver.processes().drainCleanup());
    }

    /** A process that has the card has it for all its files. */
    private Next findProcess(Cpu cpu) {
        CardContext known = driver.processes().find(file.openedBy());
        if (known == null) {
            return Next.call(OPEN, this);
        }
        file.keep(known);
        return Next.DONE;
    }

    private Next take(Cpu cpu) {
        if (context.attachment() == null && !driver.take(file)) {
            file.refuse(driver.name() + ": in use");
            return Next.DONE;
        }
        return Next.ON;
    }

    /** A PASID of the driver's own, with nothing behind it yet. */
    private Next getDomain(Cpu cpu) {
        context.attachment(new DomainAttachment(driver.host().device()));
        return Next.call(driver.host().sva().attach(context.attachment()));
    }

    private Next openInDomain(Cpu cpu) {
        if (context.attachment().isAttached()) {
            return Next.call(OPEN, this);
        }
        driver.give();
        file.refuse(context.attachment().refusal());
        return Next.DONE;
    }

    private Next getWindow(Cpu cpu) {
        DmaBenchConfig config = driver.config();
        if (config.addressing().isMirrored()) {
            context.mirror(driver.newMirror(file));
            file.openedBy().register(context.mirror());
            return Next.ON;
        }
        if (config.addressing().isOfProcess()) {
            request = request();
            startEarly(cpu);
            return Next.call(driver.host().sva().bind(request));
        }
        DmaBuffer window = buffer(config.window().bytes(), config.leafShift());
        context.window(window);
        boolean onDemand = config.addressing().subset().takesPageFaults();
        DmaApi dma = context.windowDma(driver.host());
        return Next.call(onDemand ? dma.mapOnDemand(window) : dma.map(window));
    }

    /** A driver that does not care whether the device is idle cares for no exit either. */
    private BindRequest request() {
        Mm mm = file.openedBy();
        boolean ofProcess = driver.style() == DriverStyle.AMDKFD;
        Node holder = ofProcess ? driver.processes().node(mm) : file.node();
        BindRequest wanted =
                new BindRequest(driver.host().device(), mm, holder).with(driver.subset());
        return driver.style() == DriverStyle.UIO
                ? wanted
                : wanted.onExit((bond, maySleep) -> CardStop.onExit(driver, bond, maySleep));
    }

    /** The bug S48: the card goes on where it was when the process closed it. */
    private void startEarly(Cpu cpu) {
        int known = file.openedBy().pasid();
        if (driver.host().platform().defects().has(Defect.S48) && known != Mm.NO_PASID) {
            driver.write(cpu, CardRegister.PASID, known);
            driver.write(cpu, CardRegister.CONTROL, CardRegister.READ);
        }
    }

    private Next check(Cpu cpu) {
        if (context.mirror() != null) {
            return Next.ON;
        }
        if (request == null) {
            return context.window().isMapped() ? Next.ON : refuse("the window");
        }
        if (request.bond() == null) {
            driver.give();
            file.refuse(request.refusal());
            return Next.DONE;
        }
        context.bond(request.bond());
        return driver.config().pins() == DmaBenchConfig.Pins.OPEN
                ? Next.call(context.pins().pinAll(file.openedBy()))
                : Next.ON;
    }

    private Next refuse(String what) {
        file.refuse(driver.name() + ": no memory or no addresses for " + what + " (-ENOMEM)");
        return Next.jump(GIVE_BACK);
    }

    private Next mapQueues(Cpu cpu) {
        long bytes = driver.config().ringBytes();
        if (bytes == 0) {
            return Next.ON;
        }
        DmaBuffer ring = buffer(bytes, SMALL_PAGE_SHIFT);
        context.ring(ring);
        return Next.call(driver.host().dma().map(ring));
    }

    private Next publish(Cpu cpu) {
        if (context.ring() != null && !context.ring().isMapped()) {
            return refuse("the queues");
        }
        file.keep(context);
        if (driver.style() == DriverStyle.AMDKFD && context.bond() != null) {
            driver.processes().add(file.openedBy(), context);
        }
        return Next.DONE;
    }

    /** Only a card with memory of the DMA API has queues there, too. */
    private Next giveBack(Cpu cpu) {
        return context.window().isMapped() || context.attachment() != null
                ? Next.call(context.giveWindowBack(driver.host()))
                : Next.ON;
    }

    private Next giveCard(Cpu cpu) {
        driver.give();
        return Next.DONE;
    }

    private DmaBuffer buffer(long bytes, int pageShift) {
        return new DmaBuffer(driver.host().device(), bytes, pageShift);
    }
}
