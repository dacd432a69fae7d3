"""One visit to the chat page with a slow phone: what the screen showed when, and every byte that came."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, Page, ViewportSize

SCREEN: ViewportSize = {"width": 360, "height": 640}
CPU_SLOWDOWN = 6  # times; DevTools calls it a low-tier mobile
KINDS = {"Document": "page", "Stylesheet": "styles", "Script": "scripts", "Image": "pictures", "Fetch": "talk"}
PATIENCE_MS = 90_000

# Runs before the page's own scripts. A moment counts when the browser has drawn it: after the next frame's work.
# It is noted on <html>, where Playwright can wait for it although the page's policy forbids eval.
WATCH = """
const seen = () => document.documentElement.dataset;
const drawn = (name) => requestAnimationFrame(() => setTimeout(() => { seen()[name] ??= performance.now(); }));
const answers = () => document.querySelectorAll("#messages .vg-message--bot").length;
let before = Infinity;
document.addEventListener("click", () => { before = answers(); seen().tapped = performance.now(); }, true);
new MutationObserver(() => {
  if (document.querySelector("#choices button")) drawn("asked");
  if (answers() > before) drawn("answered");
}).observe(document, { childList: true, subtree: true });
"""


@dataclass(frozen=True)
class Network:
    """A connection, as Chromium's DevTools emulates it.

    Args:
        down, up: bytes a second.
        latency: milliseconds added to every request: several round trips, because the emulation has no handshakes.
    """

    name: str
    down: float
    up: float
    latency: float


# The presets of Chromium's own DevTools, under the names they had until May 2024 (now "3G" and "Slow 4G"):
# github.com/ChromeDevTools/devtools-frontend, front_end/core/sdk/NetworkManager.ts, Slow3GConditions (a round trip of
# 400 ms, times 5) and Slow4GConditions (150 ms, times 3.75: Lighthouse's default for phones too).
SLOW_3G = Network("Slow 3G", down=500_000 / 8 * 0.8, up=500_000 / 8 * 0.8, latency=400 * 5)
FAST_3G = Network("Fast 3G", down=1_600_000 / 8 * 0.9, up=750_000 / 8 * 0.9, latency=150 * 3.75)


@dataclass
class Wire:
    """What came over the line.

    Args:
        sizes: bytes by address, headers included; 0 for what the browser still had.
        kinds: what each address is.
        plain: the addresses whose answer came unpacked.
    """

    sizes: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, str] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """All bytes."""
        return self.sizes.total()

    @property
    def by_kind(self) -> dict[str, int]:
        """The bytes of the page, its styles, scripts and pictures, and of the talk itself."""
        sums: Counter[str] = Counter()
        for address, size in self.sizes.items():
            sums[self.kinds[address]] += size
        return dict(sums.most_common())

    @property
    def hosts(self) -> set[str]:
        """Every host that was asked for something."""
        return {urlsplit(address).netloc for address in self.sizes}


@dataclass(frozen=True)
class Visit:
    """What one visit took.

    Args:
        paint_ms, question_ms: from going to the address to the first paint, and to the first question with its buttons.
        answer_ms: from the tap on the first button to the reply on the screen.
        wire: what came until the first question was there, and the icon.
    """

    paint_ms: float
    question_ms: float
    answer_ms: float
    wire: Wire


def visit(context: BrowserContext, site: str, network: Network | None = None) -> Visit:
    """Open the page in a new tab, wait for the first question and tap the first button.

    Args:
        context: the phone; what it fetched in an earlier visit is in its cache.
        network: how slow; None for as fast as this machine is.
    """
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    devtools = context.new_cdp_session(page)
    wire = _listen(devtools)
    if network:
        _slow_down(devtools, network)
    page.add_init_script(WATCH)
    page.goto(f"{site}/")
    page.locator("html[data-asked]").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    loaded = Wire(Counter(wire.sizes), dict(wire.kinds), set(wire.plain))
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    found = Visit(painted, _moment(page, "asked"), _tap(page), loaded)
    page.close()
    return found


def _slow_down(devtools: CDPSession, network: Network) -> None:
    speed = {"latency": network.latency, "downloadThroughput": network.down, "uploadThroughput": network.up}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})


def _listen(devtools: CDPSession) -> Wire:
    wire = Wire()
    addresses: dict[str, str] = {}

    def answered(event: dict[str, Any]) -> None:
        address, headers = event["response"]["url"], event["response"]["headers"]
        addresses[event["requestId"]] = address
        wire.kinds[address] = KINDS.get(event["type"], "pictures")  # an icon is of no type
        if "content-encoding" not in map(str.lower, headers):
            wire.plain.add(address)

    def finished(event: dict[str, Any]) -> None:
        wire.sizes[addresses[event["requestId"]]] += int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", finished)
    devtools.send("Network.enable")
    return wire


def _tap(page: Page) -> float:
    page.locator("#choices button").first.tap()
    page.locator("html[data-answered]").wait_for(state="attached")
    page.locator('#answers[data-question="remember"]').wait_for()  # the right reply, not just any
    return _moment(page, "answered") - _moment(page, "tapped")


def _moment(page: Page, name: str) -> float:
    return float(page.locator("html").get_attribute(f"data-{name}") or "nan")
