package svasim.lesson.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** One headless Chromium, and what the tests ask of it. */
final class Browser implements AutoCloseable {
    private static final List<Path> CHROMIUM =
            Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                    .map(Path::of)
                    .toList();
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Pattern REQUESTED =
            Pattern.compile("\"request\":\\{.*\"url\":\"((?:http|ws|ftp)[^\"]*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final ChromeDriver driver;

    Browser(Path folder) {
        this.folder = folder;
        ChromeOptions options = new ChromeOptions();
        options.setBinary(
                CHROMIUM.stream().filter(Files::isExecutable).findFirst().orElseThrow().toString());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-prefers-reduced-motion",
                "--window-size=1280,720",
                "--user-data-dir=" + folder.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver =
                new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(DRIVER.toFile())
                                .build(),
                        options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
    }

    /** Whether there is a browser to test with. */
    static boolean present() {
        return CHROMIUM.stream().anyMatch(Files::isExecutable) && Files.isExecutable(DRIVER);
    }

    /** Writes a page into the browser's folder; its address. */
    String save(String name, String html) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, html);
        return file.toUri().toString();
    }

    /** Opens an address anew, even if only its fragment differs, and waits until it is ready. */
    void open(String address) {
        driver.get("about:blank");
        driver.get(address);
        module(
                "for (let i = 0; i < 800 && !document.body.dataset.ready"
                        + " && !document.querySelector('.course'); i++)"
                        + " await new Promise((later) => setTimeout(later, 25));");
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that may wait and import the page's modules; what it returns. */
    Object module(String body) {
        String wrapped =
                "const done = arguments[arguments.length - 1]; (async () => {"
                        + body
                        + "})().then(done, (e) => done('failed: ' + e + e.stack));";
        return driver.executeAsyncScript(wrapped);
    }

    String text(String selector) {
        return (String) script("return document.querySelector(arguments[0]).textContent", selector);
    }

    long count(String selector) {
        return (Long) script("return document.querySelectorAll(arguments[0]).length", selector);
    }

    boolean shown(String selector) {
        return (Boolean)
                script(
                        "return document.querySelector(arguments[0]).getClientRects().length > 0",
                        selector);
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Presses keys as a person does, at what has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void press(Keys key, int times) {
        for (int i = 0; i < times; i++) {
            press(key);
        }
    }

    /** Number of the current step, from 0. */
    int step() {
        return Integer.parseInt((String) script("return document.body.dataset.step"));
    }

    /** The fragment of the address, which follows the steps when they rest. */
    String fragment() {
        module("await new Promise((later) => setTimeout(later, 400));");
        return (String) script("return location.hash");
    }

    /** Makes the system prefer light or dark. */
    void colours(String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** Sends a command of the browser's own protocol. */
    void command(String name, Map<String, Object> arguments) {
        driver.executeCdpCommand(name, arguments);
    }

    /** The page as it is printed, in base64 under {@code data}. */
    Map<String, Object> pdf() {
        return driver.executeCdpCommand("Page.printToPDF", Map.of("landscape", true));
    }

    /** Errors and warnings that the page's console has seen since the last question. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Addresses asked of a network since the last question; the browser's own pages have none. */
    List<String> asked() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(REQUESTED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    /** What axe finds wrong, one line for each kind. */
    @SuppressWarnings("unchecked")
    List<String> inaccessible() throws IOException {
        if (!(Boolean) script("return typeof axe !== 'undefined'")) {
            try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
                script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return (List<String>)
                module(
                        "const found = await axe.run(); return found.violations.map(v => v.id + ': ' + v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '))");
    }

    void screenshot(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
