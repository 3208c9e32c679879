/** The element in which the tools for the record appear; says so when they cannot be loaded. */
class RecordPageElement extends HTMLElement {
  connectedCallback(): void {
    void import('./start-record-page.ts')
      .then(({ startRecordPage }) => startRecordPage(this))
      .catch(() => {
        this.textContent = 'The tools for your record could not be loaded. Check the connection and reload the page.';
      });
  }
}

customElements.define('record-page', RecordPageElement);
