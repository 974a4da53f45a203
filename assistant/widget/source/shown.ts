/* How the frame comes into sight and goes: as a modal dialog that fills a phone's screen, or in the top layer beside
   the page, above whatever z-index that knows. */

const phone = matchMedia("(max-width: 600px)");

export class Shown {
  #open = false;

  constructor(
    readonly panel: HTMLElement,
    readonly inline: boolean,
  ) {
    phone.addEventListener("change", () => {
      if (!this.#open) return;
      const held = (panel.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
      this.hide();
      this.show();
      held?.focus();
    });
    for (const moved of ["resize", "scroll"])
      visualViewport?.addEventListener(moved, () => this.#fit());
  }

  get open(): boolean {
    return this.#open;
  }

  /** Whether the page behind is out of reach. */
  get modal(): boolean {
    return !this.inline && phone.matches;
  }

  show(): void {
    this.#open = true;
    const { panel } = this;
    if (this.inline) panel.hidden = false;
    else if (this.modal) (panel as HTMLDialogElement).showModal();
    else if (panel.showPopover) panel.showPopover();
    else (panel as HTMLDialogElement).show();
    this.#fit();
  }

  hide(): void {
    this.#open = false;
    const { panel } = this;
    if (this.inline) {
      panel.hidden = true;
      return;
    }
    if ((panel as HTMLDialogElement).open) (panel as HTMLDialogElement).close();
    else panel.hidePopover?.();
  }

  /** What an on-screen keyboard leaves of the screen is all there is: some browsers do not say so to CSS. */
  #fit(): void {
    const seen = visualViewport;
    const { style } = this.panel;
    // Pinched to zoom in, the reader moves about in it: it stays as it is.
    if (!seen || !this.modal || !this.#open || seen.scale > 1.01) return;
    style.setProperty("--seen", `${seen.height}px`);
    style.setProperty("--above", `${seen.offsetTop}px`);
  }
}
