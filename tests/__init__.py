"""Tests: laws, tables of cases, contracts; the fakes they share stand beside them."""
