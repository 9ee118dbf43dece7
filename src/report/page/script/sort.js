// Tables whose headings sort.
document.querySelectorAll('table.sortable').forEach(table => {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = heading.textContent;
    heading.textContent = '';
    heading.append(button);
    button.addEventListener('click', () => {
      const isUp = heading.getAttribute('aria-sort') !== 'ascending';
      [...heading.parentElement.cells].forEach(other => other.removeAttribute('aria-sort'));
      heading.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
      const keyOf = row => {
        const cell = row.cells[column];
        return 'key' in cell.dataset ? Number(cell.dataset.key) : column === 0 ? cell.textContent : NaN;
      };
      const order = (a, b) => {
        const [one, other] = [keyOf(a), keyOf(b)];
        if (typeof one === 'string') return one.localeCompare(other, 'en');
        if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) - Number.isNaN(other);
        return one - other;
      };
      const rows = [...body.rows].sort((a, b) => (isUp ? order(a, b) : order(b, a)));
      body.append(...rows);
    });
  });
});
