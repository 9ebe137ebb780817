"""Views: tables, pages and exports of what the collection holds."""
